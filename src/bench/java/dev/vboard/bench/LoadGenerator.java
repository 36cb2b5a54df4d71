package dev.vboard.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Closed-loop HTTP load over keep-alive connections to this machine: each waits for its answer. */
final class LoadGenerator {
    private static final String LENGTH = "content-length:";

    private final int port;

    LoadGenerator(int port) {
        this.port = port;
    }

    /** The bytes of a POST of JSON. */
    static byte[] post(String path, String json) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n";
        return (head + json).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Answers a second, over that many connections for that long.
     *
     * @param request what connection n sends over and over
     */
    double perSecond(int connections, double seconds, IntFunction<byte[]> request) {
        AtomicBoolean stop = new AtomicBoolean();
        LongAdder answers = new LongAdder();
        Thread[] threads = new Thread[connections];
        long start = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            byte[] bytes = request.apply(i);
            threads[i] = Thread.ofVirtual().start(() -> drive(bytes, stop, answers));
        }
        try {
            Thread.sleep((long) (seconds * 1000));
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return answers.sum() * 1e9 / (System.nanoTime() - start);
    }

    private void drive(byte[] request, AtomicBoolean stop, LongAdder answers) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
            while (!stop.get()) {
                socket.getOutputStream().write(request);
                answer(in);
                answers.increment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends that many different requests over one connection. */
    void each(int count, IntFunction<byte[]> request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
            for (int i = 0; i < count; i++) {
                socket.getOutputStream().write(request.apply(i));
                answer(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one request; answers the body's length. */
    int once(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request);
            return answer(new BufferedInputStream(socket.getInputStream(), 8192));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int answer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException("not a success: " + status);
        }
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).trim());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return length;
        }
        return chunks(in);
    }

    private static int chunks(InputStream in) throws IOException {
        int total = 0;
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            in.skipNBytes(size + 2L);
            total += size;
        }
        line(in);
        return total;
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}

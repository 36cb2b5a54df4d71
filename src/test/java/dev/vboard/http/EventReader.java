package dev.vboard.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of server-sent events that reads only when told to. */
final class EventReader implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;

    private final Socket socket = new Socket();
    private final BufferedReader in;

    /** One event as it was sent. */
    record Event(int id, String type, String data) {}

    /**
     * Begins to follow and reads the answer's headers.
     *
     * @param lastEventId what the client has seen; -1 for a client that comes anew
     */
    EventReader(int port, String target, int lastEventId) {
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
            String request = "GET " + target + " HTTP/1.0\r\nHost: localhost\r\n"
                    + "Accept: text/event-stream\r\n"
                    + (lastEventId < 0 ? "" : "Last-Event-ID: " + lastEventId + "\r\n")
                    + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            if (line == null || !line.contains(" 200")) {
                throw new IllegalStateException("no events: " + line);
            }
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next event. */
    Event next() {
        try {
            String line = in.readLine();
            while (line != null && !line.startsWith("id: ")) {
                line = in.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("no more events");
            }
            int id = Integer.parseInt(line.substring("id: ".length()));
            String type = in.readLine().substring("event: ".length());
            String data = in.readLine().substring("data: ".length());
            return new Event(id, type, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next comment. */
    String comment() {
        try {
            String line = in.readLine();
            while (line != null && !line.startsWith(":")) {
                line = in.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("no more comments");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the service has ended the answer. */
    boolean atEnd() {
        try {
            String line = in.readLine();
            while (line != null && line.isEmpty()) {
                line = in.readLine();
            }
            return line == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what there is; whether the service ends the answer in that time. */
    boolean endsWithin(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                if (in.readLine() == null) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

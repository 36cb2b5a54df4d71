package dev.vboard.bench;

import dev.vboard.bench.empty.EmptyApplication;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * From the start of the process to its first answer, with the image's layout and command line:
 * extracted jar, class cache of one training run. In turns with an empty Spring Boot application
 * that has the same dependencies and is started the same way.
 */
public final class StartupBench {
    private static final int ROUNDS = 11;
    private static final double PATIENCE_SECONDS = 60;
    private static final Path WORK = Path.of("target", "startup");

    private StartupBench() {}

    private record Candidate(String name, Path folder, String jar, String question) {
        /** One start up to the point where it would listen teaches which classes to keep ready. */
        void train() throws IOException, InterruptedException {
            run(
                    folder,
                    "-Xlog:aot=error",
                    "-XX:AOTCacheOutput=" + name + ".aot",
                    "-Dspring.context.exit=onRefresh",
                    "-jar",
                    jar);
        }

        double secondsToFirstAnswer() throws IOException, InterruptedException {
            int port = freePort();
            long began = System.nanoTime();
            Process process = start(
                    folder,
                    "-XX:AOTCache=" + name + ".aot",
                    "-XX:MaxRAMPercentage=75",
                    "-jar",
                    jar,
                    "--server.port=" + port);
            try {
                while (!answers(port)) {
                    if (!process.isAlive() || seconds(began) > PATIENCE_SECONDS) {
                        throw new IllegalStateException(name + " does not answer");
                    }
                    Thread.sleep(2);
                }
                return seconds(began);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }

        private boolean answers(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                out.write(("GET " + question + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .startsWith("HTTP/1.1 200");
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    /** Needs the packaged service in {@code target}; arguments are not looked at. */
    public static void main(String[] args) throws IOException, InterruptedException {
        delete(WORK);
        Files.createDirectories(WORK);
        Candidate service = service();
        Candidate empty = empty(service.folder().resolve("lib"));
        service.train();
        empty.train();
        service.secondsToFirstAnswer();
        empty.secondsToFirstAnswer();
        List<Double> services = new ArrayList<>();
        List<Double> empties = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            services.add(service.secondsToFirstAnswer());
            empties.add(empty.secondsToFirstAnswer());
            ratios.add(services.getLast() / empties.getLast());
        }
        print("service, seconds to the first answer", services);
        print("empty application, likewise", empties);
        print("ratio, round by round", ratios);
    }

    private static Candidate service() throws IOException, InterruptedException {
        Path folder = WORK.resolve("service");
        run(
                Path.of("."),
                "-Djarmode=tools",
                "-jar",
                "target/vboard.jar",
                "extract",
                "--destination",
                folder.toString());
        return new Candidate("service", folder, "vboard.jar", "/api/v1");
    }

    private static Candidate empty(Path libraries) throws IOException {
        Path folder = Files.createDirectories(WORK.resolve("empty"));
        StringJoiner classPath = new StringJoiner(" ");
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path jar : jars.sorted().toList()) {
                classPath.add("../service/lib/" + jar.getFileName());
            }
        }
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, EmptyApplication.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classPath.toString());
        String name = EmptyApplication.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(
                        Files.newOutputStream(folder.resolve("empty.jar")), manifest);
                InputStream in =
                        EmptyApplication.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            in.transferTo(out);
        }
        return new Candidate("empty", folder, "empty.jar", "/actuator/health");
    }

    private static Process start(Path folder, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(command, words);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        WORK.resolve("log.txt").toAbsolutePath().toFile()))
                .start();
    }

    private static void run(Path folder, String... words) throws IOException, InterruptedException {
        int code = start(folder, words).waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + code);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void print(String what, List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f, %.2f to %.2f%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}

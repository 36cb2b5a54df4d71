package dev.vboard.bench;

import dev.vboard.VboardApplication;
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
import java.time.Duration;
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
 * From the start of the process to its first answer, as the image does it: its layout, its way to
 * learn a class cache, its command line. In turns with an empty Spring Boot application that has
 * the same dependencies and is prepared and started the same way.
 */
public final class StartupBench {
    private static final int ROUNDS = 11;
    private static final double PATIENCE_SECONDS = 60;
    private static final Path WORK = Path.of("target", "startup");

    private static final String READY = "/actuator/health/readiness";

    private StartupBench() {}

    private record Candidate(String name, Path folder, String question, ImageFile image) {
        /** Prepares its parts and its class cache, with the image's own scripts. */
        Candidate prepared(String libraries, Class<?> main)
                throws IOException, InterruptedException {
            finish(image.prepare(libraries, main.getName()));
            finish(image.learn(question));
            return this;
        }

        private void finish(List<String> words) throws IOException, InterruptedException {
            StartupBench.finish(words, prepare(folder, words));
        }

        Start start() throws IOException, InterruptedException {
            int port = freePort();
            ProcessBuilder prepared = prepare(folder, image.command());
            prepared.environment().put("SERVER_PORT", Integer.toString(port));
            long began = System.nanoTime();
            Process process = prepared.start();
            try {
                await(process, port, question, began);
                double wall = seconds(began);
                double cpu = cpuSeconds(process);
                await(process, port, READY, began);
                return new Start(wall, seconds(began), cpu);
            } finally {
                process.destroy();
                process.waitFor();
            }
        }

        private void await(Process process, int port, String path, long began)
                throws InterruptedException {
            while (!answers(port, path)) {
                if (!process.isAlive() || seconds(began) > PATIENCE_SECONDS) {
                    throw new IllegalStateException(name + " does not answer");
                }
                Thread.sleep(2);
            }
        }

        private static boolean answers(int port, String path) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream out = socket.getOutputStream();
                out.write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .startsWith("HTTP/1.1 200");
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    /**
     * A start, in seconds.
     *
     * @param wall until the first answer
     * @param ready until it says that it is ready
     * @param cpu of all CPUs together, until the first answer
     */
    private record Start(double wall, double ready, double cpu) {}

    /** Needs the packaged service in {@code target}; arguments are not looked at. */
    public static void main(String[] args) throws IOException, InterruptedException {
        delete(WORK);
        Files.createDirectories(WORK);
        ImageFile image = ImageFile.read();
        Candidate service = service(image);
        Candidate empty = empty(service.folder().resolve("lib"), image);
        service.start();
        empty.start();
        List<Double> services = new ArrayList<>();
        List<Double> empties = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> ready = new ArrayList<>();
        List<Double> work = new ArrayList<>();
        List<Double> workRatios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Start one = service.start();
            Start other = empty.start();
            services.add(one.wall());
            empties.add(other.wall());
            ratios.add(one.wall() / other.wall());
            ready.add(one.ready());
            work.add(one.cpu());
            workRatios.add(one.cpu() / other.cpu());
        }
        print("service, seconds to the first answer", services);
        print("empty application, likewise", empties);
        print("ratio, round by round", ratios);
        print("service, seconds until it is ready", ready);
        print("service, CPU seconds", work);
        print("ratio of CPU seconds", workRatios);
    }

    private static Candidate service(ImageFile image) throws IOException, InterruptedException {
        Path folder = WORK.resolve("service");
        List<String> words = List.of(
                "java",
                "-Djarmode=tools",
                "-jar",
                "target/" + image.jar(),
                "extract",
                "--destination",
                folder.toString());
        finish(words, prepare(Path.of("."), words));
        return new Candidate("service", folder, image.question(), image)
                .prepared("lib", VboardApplication.class);
    }

    private static Candidate empty(Path libraries, ImageFile image)
            throws IOException, InterruptedException {
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
                        Files.newOutputStream(folder.resolve(image.jar())), manifest);
                InputStream in =
                        EmptyApplication.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            in.transferTo(out);
        }
        // What it answers as soon as it can answer at all.
        return new Candidate("empty", folder, "/actuator", image)
                .prepared("../service/lib", EmptyApplication.class);
    }

    private static ProcessBuilder prepare(Path folder, List<String> words) throws IOException {
        String home = System.getProperty("java.home");
        List<String> command = new ArrayList<>(words);
        command.replaceAll(word -> word.equals("java") ? home + "/bin/java" : word);
        ProcessBuilder prepared = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        WORK.resolve("log.txt").toAbsolutePath().toFile()));
        prepared.environment().put("JAVA_HOME", home);
        prepared.environment().put("LEARN_PORT", Integer.toString(freePort()));
        return prepared;
    }

    private static void finish(List<String> words, ProcessBuilder prepared)
            throws IOException, InterruptedException {
        int code = prepared.start().waitFor();
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

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
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

package dev.vboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The calls that a block of shell commands makes. A real shell reads the block, so quotes and
 * continued lines mean what they mean to a reader; only {@code curl} is replaced, by one that says
 * what it was asked for. Nothing else can be run.
 */
final class ShellCalls {
    private static final String PREAMBLE = """
            set -eu
            PATH=/nonexistent
            curl() { printf '%s\\037' "$@"; printf '\\036'; }
            """;

    private ShellCalls() {}

    /** One call, as curl would make it. */
    record Call(String method, String url, TreeMap<String, String> headers, String body) {
        String[] headerList() {
            return headers.entrySet().stream()
                    .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                    .toArray(String[]::new);
        }
    }

    /** The calls of a block in order; fails when the block does anything else. */
    static List<Call> of(String block) {
        List<Call> calls = new ArrayList<>();
        for (String command : shell(PREAMBLE + block + "\n").split("\036")) {
            if (!command.isEmpty()) {
                calls.add(call(List.of(command.split("\037"))));
            }
        }
        return calls;
    }

    private static String shell(String script) {
        try {
            Process shell =
                    new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
            try (var in = shell.getOutputStream()) {
                in.write(script.getBytes(StandardCharsets.UTF_8));
            }
            byte[] out = shell.getInputStream().readAllBytes();
            String said = new String(out, StandardCharsets.UTF_8);
            if (shell.waitFor() != 0) {
                throw new AssertionError("the shell says " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Call call(List<String> arguments) {
        String method = "";
        String url = "";
        String body = "";
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "*/*");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "-s" -> {
                    // it does not change the request
                }
                case "-X" -> method = arguments.get(++i);
                case "-d" -> body = arguments.get(++i);
                case "-H" -> {
                    String[] header = arguments.get(++i).split(": *", 2);
                    headers.put(header[0], header[1]);
                }
                default -> {
                    if (argument.startsWith("-") || !url.isEmpty()) {
                        throw new AssertionError("curl is not expected to take " + argument);
                    }
                    url = argument;
                }
            }
        }
        if (!body.isEmpty()) {
            headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        }
        if (method.isEmpty()) {
            method = body.isEmpty() ? "GET" : "POST";
        }
        return new Call(method, url, headers, body);
    }
}

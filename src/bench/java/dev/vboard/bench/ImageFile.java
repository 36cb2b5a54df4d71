package dev.vboard.bench;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the Dockerfile says of a start, so that what is measured is what the image does.
 *
 * @param learning the words after {@code learn.sh}: cache, jar, what is asked
 * @param command the entry point
 */
record ImageFile(List<String> learning, List<String> command) {
    private static final Path FILE = Path.of("Dockerfile");
    private static final String SCRIPT = "learn.sh ";
    private static final String ENTRY_POINT = "ENTRYPOINT ";

    private static final Path SCRIPTS = Path.of("src", "main", "image").toAbsolutePath();

    /** Reads it; the working directory is the project's. */
    static ImageFile read() throws IOException {
        List<String> learning = new ArrayList<>();
        List<String> command = new ArrayList<>();
        for (String line : Files.readString(FILE).replace("\\\n", "").split("\n")) {
            if (line.startsWith(ENTRY_POINT)) {
                String words = line.substring(ENTRY_POINT.length());
                new JsonMapper().readTree(words).forEach(word -> command.add(word.asString()));
            } else if (line.startsWith("RUN ") && line.contains(SCRIPT)) {
                int begin = line.indexOf(SCRIPT) + SCRIPT.length();
                learning.addAll(List.of(line.substring(begin).strip().split(" +")));
            }
        }
        if (learning.size() < 3 || command.isEmpty()) {
            throw new IllegalStateException(FILE + " does not say how to learn and to start");
        }
        return new ImageFile(List.copyOf(learning), List.copyOf(command));
    }

    /** The name of the jar that learns. */
    String jar() {
        return learning.get(1);
    }

    /** What is asked first. */
    String question() {
        return learning.get(2);
    }

    /** The words that prepare Spring's parts of an application. */
    List<String> prepare(String libraries, String main) {
        return script("prepare.sh", jar(), libraries, main);
    }

    /** The words that learn a class cache, asking that. */
    List<String> learn(String question) {
        return script("learn.sh", learning.getFirst(), jar(), question);
    }

    private static List<String> script(String name, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add("bash");
        words.add(SCRIPTS.resolve(name).toString());
        Collections.addAll(words, arguments);
        return words;
    }
}

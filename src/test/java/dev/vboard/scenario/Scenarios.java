package dev.vboard.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code src/test/resources/scenarios}. */
final class Scenarios {
    private static final Path DIRECTORY = Path.of("src/test/resources/scenarios");
    private static final String BOARDS = "boards.txt";

    private Scenarios() {}

    /** What a file says. */
    static String content(String file) {
        try {
            return Files.readString(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of scenarios: all but the table and what others include. */
    static List<String> files() {
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(BOARDS) && !name.startsWith("fixture-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The boards that scenarios run on. */
    static BoardTable boards() {
        return new BoardTable(BOARDS, content(BOARDS));
    }

    /** Reads a scenario. */
    static Transcript read(String file) {
        return TranscriptReader.read(file, boards().names(), Scenarios::content);
    }

    /** Puts the answers that were taken down into the files. */
    static void write(Recorder recorder) {
        for (String file : recorder.changed()) {
            try {
                Files.writeString(DIRECTORY.resolve(file), recorder.rewritten(file, content(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

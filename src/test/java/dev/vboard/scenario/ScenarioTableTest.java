package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The page on scenarios says which of them runs where, as their files do. With {@code
 * -Dscenarios.rewrite=true} the table is written into the page.
 */
class ScenarioTableTest {
    private static final Path PAGE = Path.of("docs/scenarios.md");
    private static final String BEGIN = "<!-- made by ScenarioTableTest: begin -->\n";
    private static final String END = "<!-- made by ScenarioTableTest: end -->\n";

    @Test
    void thePageSaysWhichScenarioRunsWhere() throws IOException {
        String page = Files.readString(PAGE);
        String made = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + table()
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("scenarios.rewrite")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String table() {
        StringBuilder out = new StringBuilder("\n| scenario | flavour | boards | file |\n");
        out.append("|---|---|---|---|\n");
        List<String> files = Scenarios.files().stream()
                .sorted(Comparator.comparing((String file) -> kind(file))
                        .thenComparing(file -> number(file)))
                .toList();
        for (String file : files) {
            Transcript transcript = Scenarios.read(file);
            out.append("| ").append(transcript.id());
            out.append(" | `").append(transcript.flavour());
            out.append("` | ").append(String.join(", ", transcript.boards()));
            out.append(" | `").append(file).append("` |\n");
        }
        return out.append('\n').toString();
    }

    /** Scenarios of the specification before those of forks. */
    private static boolean kind(String file) {
        return !Scenarios.read(file).id().startsWith("S");
    }

    private static int number(String file) {
        return Integer.parseInt(Scenarios.read(file).id().substring(1));
    }
}

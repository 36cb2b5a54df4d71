package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Issue 4, must show: which scenario runs on which board, as the transcripts say. With
 * {@code -Dscenarios.rewrite=true} the table is written into the page.
 */
class ScenarioTableTest {
    private static final Path PAGE = Path.of("docs/scenarios.md");
    private static final String BEGIN = "<!-- found out by ScenarioTableTest: begin -->\n";
    private static final String END = "<!-- found out by ScenarioTableTest: end -->\n";

    @Test
    void thePageTellsWhichScenarioRunsOnWhichBoard() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String tail = page.substring(page.indexOf(END));
        String found = head + table() + tail;
        if (Boolean.getBoolean("scenarios.rewrite")) {
            Files.writeString(PAGE, found);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(found);
    }

    private static String table() {
        List<String> boards = Scenarios.boards().boards();
        StringBuilder out = new StringBuilder("\n| scenario | flavour |");
        boards.forEach(board -> out.append(" `").append(board).append("` |"));
        out.append("\n|---|---|").append("---|".repeat(boards.size())).append('\n');
        for (String file : Scenarios.files()) {
            Transcript transcript = Scenarios.read(file);
            out.append("| ").append(transcript.id()).append(" | `");
            out.append(transcript.flavour()).append("` |");
            boards.forEach(
                    board -> out.append(transcript.boards().contains(board) ? " x |" : " |"));
            out.append('\n');
        }
        return out.append('\n').toString();
    }
}

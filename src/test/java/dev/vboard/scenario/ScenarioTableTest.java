package dev.vboard.scenario;

import dev.vboard.FoundOut;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Issue 4, must show: which scenario runs on which board, as the transcripts say. With
 * {@code -Dscenarios.rewrite=true} the table is written into the page.
 */
class ScenarioTableTest {
    private static final FoundOut TABLE =
            new FoundOut(Path.of("docs/scenarios.md"), "ScenarioTableTest", "scenarios.rewrite");

    @Test
    void thePageTellsWhichScenarioRunsOnWhichBoard() throws IOException {
        TABLE.isTold(table());
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

package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.FoundOut;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Issue 4, must show: which scenario runs on which board, as the transcripts say, and why not on
 * the others. With {@code -Dscenarios.rewrite=true} the table is written into the page.
 */
class ScenarioTableTest {
    private static final FoundOut TABLE =
            new FoundOut(Path.of("docs/scenarios.md"), "ScenarioTableTest", "scenarios.rewrite");

    /** Rows that are made for one scenario each; the others are the boards of the specification. */
    private static final List<String> MADE_FOR_ONE =
            List.of("uniprocessor", "uniprocessor-gicv3", "unequal");

    private static final Pattern NOT_ON = Pattern.compile("# Not on ([a-z0-9, -]+): (.+)\\.");

    /** Where a scenario makes no sense. */
    private record Absence(List<String> boards, String reason) {}

    private static List<Absence> absences(String file) {
        List<Absence> absences = new ArrayList<>();
        for (String line : Scenarios.content(file).lines().toList()) {
            Matcher matcher = NOT_ON.matcher(line);
            if (matcher.matches()) {
                absences.add(new Absence(List.of(matcher.group(1).split(", ")), matcher.group(2)));
            }
        }
        return absences;
    }

    @Test
    void thePageTellsWhichScenarioRunsOnWhichBoard() throws IOException {
        TABLE.isTold(table());
    }

    @Test
    void aScenarioRunsOnEachBoardOrSaysWhyNot() {
        List<String> boards = new ArrayList<>(Scenarios.boards().boards());
        boards.removeAll(MADE_FOR_ONE);
        for (String file : Scenarios.files()) {
            if (file.startsWith("s")) {
                List<String> told = new ArrayList<>(Scenarios.read(file).boards());
                absences(file).forEach(absence -> told.addAll(absence.boards()));
                told.removeAll(MADE_FOR_ONE);
                assertThat(told).as(file).containsExactlyInAnyOrderElementsOf(boards);
            }
        }
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
        out.append("\nWhere a scenario of the specification does not run, and why:\n\n");
        for (String file : Scenarios.files()) {
            for (Absence absence : absences(file)) {
                out.append("- ").append(Scenarios.read(file).id()).append(" on ");
                String names = String.join("`, `", absence.boards());
                out.append('`').append(names).append("`: ");
                out.append(absence.reason()).append(".\n");
            }
        }
        return out.append('\n').toString();
    }
}

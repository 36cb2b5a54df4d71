package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The scenarios of xen-suspend.md, section 9, over HTTP, on every board they make sense on. With
 * {@code -Dscenarios.rewrite=true} answers that are not as expected are written into the files, as
 * a scenario's first board gives them; the others then show whether they agree.
 */
class ScenarioTest extends HttpTest {
    private static final List<String> NUMBERS = List.of(
            "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12", "S13", "S14",
            "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S23", "S24", "S25", "S26", "S27",
            "S28", "S29", "S30", "S31", "S32", "S33", "S34", "S35", "S36", "S37", "S38", "S39",
            "S40");

    static Stream<Arguments> scenariosAndBoards() {
        return Scenarios.files().stream()
                .flatMap(file -> Scenarios.read(file).boards().stream()
                        .map(board -> Arguments.of(file, board)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("scenariosAndBoards")
    void everyBoardDoesAsTheTranscriptSays(String file, String board) {
        Transcript transcript = Scenarios.read(file);
        boolean first = transcript.boards().getFirst().equals(board);
        Recorder recorder = new Recorder(first && Boolean.getBoolean("scenarios.rewrite"));
        new Player(http, transcript, Scenarios.boards(), board, recorder).play();
        Scenarios.write(recorder);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "HZ-01, s06-a-guests-line-wakes-the-machine.txt",
        "HZ-19, s03-a-guest-wakes-by-its-own-line.txt",
        "HZ-27, s10-a-pending-interrupt-ends-a-suspend-at-once.txt",
        "HZ-31, s06-a-guests-line-wakes-the-machine.txt",
        "HZ-32, s06-a-guests-line-wakes-the-machine.txt",
        "HZ-35, s27-a-frozen-guests-watchdog-stands-still.txt",
        "HZ-38, s05-the-machine-sleeps-and-the-alarm-wakes-it.txt",
        "HZ-45, s30-the-smmu-is-set-up-again-after-a-sleep.txt",
    })
    void aKnownBugIsNoticed(String hazard, String file) {
        Transcript transcript = Scenarios.read(file);
        Recorder recorder = new Recorder(false);
        List<String> hazards = List.of(hazard);
        Player player =
                new Player(http, transcript, Scenarios.boards(), "zcu102", recorder, hazards);
        assertThatThrownBy(player::play).isInstanceOf(AssertionError.class);
    }

    @Test
    void everyNumberHasItsTranscript() {
        assertThat(Scenarios.files())
                .map(file -> Scenarios.read(file).id())
                .doesNotHaveDuplicates()
                .containsAll(NUMBERS);
    }

    @Test
    void aFileIsNamedAfterItsNumberAndBeginsWithItsSentence() {
        assertThat(Scenarios.files()).allSatisfy(file -> {
            String number = Scenarios.read(file).id();
            String digits = number.replaceAll("[^0-9]", "");
            String padded =
                    number.startsWith("S") ? String.format(Locale.ROOT, "s%2s", digits) : number;
            assertThat(file).startsWith(padded.replace(' ', '0').toLowerCase(Locale.ROOT));
            assertThat(Scenarios.content(file)).startsWith("# " + number + " (");
        });
    }
}

package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The script that users copy does S5 and S6, and notices when they come out differently. */
class ExampleTest extends HttpTest {
    private static final Path SCRIPT = Path.of("examples/suspend-resume.sh");

    /** What a script said and how it ended. */
    private record Run(int exitCode, String output) {}

    /** Runs a script that comes through standard input. */
    private static Run bash(String script, String url) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-s").redirectErrorStream(true);
        builder.environment().put("VBOARD_URL", url);
        Path input = Files.createTempFile("script", ".sh");
        try {
            Files.writeString(input, script);
            Process process = builder.redirectInput(input.toFile()).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } finally {
            Files.delete(input);
        }
    }

    private Run here(String script) throws IOException, InterruptedException {
        Run run = bash(script, "http://127.0.0.1:" + port());
        assertThat(json(http.send("GET", BOARDS, "")).path("items")).isEmpty();
        return run;
    }

    @Test
    void suspendsAndResumes() throws Exception {
        assertThat(Files.isExecutable(SCRIPT)).isTrue();
        Run run = here(Files.readString(SCRIPT));
        assertThat(run.output())
                .contains("wakeCause            {\"kind\":\"spi\",\"intid\":58}")
                .contains("wakeCause            {\"kind\":\"spi\",\"intid\":54}")
                .endsWith("\nAll as expected.\n");
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "is state '\"SUSPENDED\"' | is state '\"ASLEEP\"' | state is \"ASLEEP\"",
                "is notRestored '[]'      | is notrestored '[]'   | a field notrestored",
                "advance\":\"61s          | advance\":\"59s       | systemState is \"ACTIVE\"",
                "request 201              | request 200           | status 200",
                "-gt \"$dom0_first\"      | -lt \"$dom0_first\"   | guest one runs after Dom0",
            })
    void noticesWhatIsDifferent(String right, String wrong, String complaint) throws Exception {
        String script = Files.readString(SCRIPT);
        assertThat(script).contains(right);
        Run run = here(script.replace(right, wrong));
        assertThat(run.output()).contains("NOT AS EXPECTED: " + complaint);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void noticesThatThereIsNoService() throws Exception {
        Run run = bash(Files.readString(SCRIPT), "http://127.0.0.1:1");
        assertThat(run.output())
                .contains("NOT AS EXPECTED: there is no service at http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
    }
}

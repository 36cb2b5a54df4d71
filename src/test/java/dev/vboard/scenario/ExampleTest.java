package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The script that users copy does S5 and S6, the one that plays scenarios plays them as the tests
 * do; both notice when something comes out differently.
 */
class ExampleTest extends HttpTest {
    private static final Path SCRIPT = Path.of("examples/suspend-resume.sh");
    private static final Path PLAYER = Path.of("examples/run-scenario.sh");
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

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

    /** Plays a scenario with the script that users run. */
    private Run scenario(Path file, String... board) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PLAYER.toString(), file.toString()));
        command.addAll(List.of(board));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("VBOARD_URL", "http://127.0.0.1:" + port());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Run run = new Run(process.waitFor(), output);
        assertThat(json(http.send("GET", BOARDS, "")).path("items")).isEmpty();
        return run;
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

    @ParameterizedTest
    @CsvSource({
        "s05-the-machine-sleeps-and-the-alarm-wakes-it.txt, S5, zcu102",
        "s05-the-machine-sleeps-and-the-alarm-wakes-it.txt, S5, qemu-virt-kept",
        "s03-a-guest-wakes-by-its-own-line.txt, S3, zcu102-pmu",
        "f1-a-fork-goes-its-own-way.txt, F1, qemu-virt",
    })
    void playsAScenario(String file, String id, String board) throws Exception {
        Run run = scenario(SCENARIOS.resolve(file), board);
        assertThat(run.output()).isEqualTo(id + " on " + board + ": as expected\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void bringsTheProfilesThatTheServiceLacksAndTakesThemAwayAgain(@TempDir Path folder)
            throws Exception {
        Path scenarios = Files.createDirectories(folder.resolve("scenarios"));
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace("fixture-", "brought-");
                boolean table = file.endsWith("boards.txt");
                Files.writeString(
                        scenarios.resolve(file.getFileName()),
                        table ? text : Files.readString(file));
            }
        }
        Path profiles = Files.createDirectories(folder.resolve("profiles"));
        for (String name : List.of("zcu102", "unequal")) {
            String text = Files.readString(
                    Path.of("src/test/resources/profiles/fixture-" + name + ".yaml"));
            Files.writeString(
                    profiles.resolve("brought-" + name + ".yaml"),
                    text.replace("fixture-", "brought-"));
        }
        Path file = scenarios.resolve("s23-a-parked-cpu-stays-parked.txt");
        Run run = scenario(file, "unequal");
        assertThat(run.output()).isEqualTo("S23 on unequal: as expected\n");
        assertThat(http.send("GET", "/api/v1/profiles/brought-zcu102", "").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"stopped\":\"settled\" | \"stopped\":\"limit\" | expected \"limit\"",
                "201 {\"state\":\"RUNNING\" | 200 {\"state\":\"RUNNING\" | expected 200, was 201",
                "\"cpu\":1,\"entry\" | \"cpu\":2,\"entry\" | has not happened: event",
                "no event {\"type\":\"cpu-on\"} | no event {\"type\":\"psci-call\"} | has happened",
                "keep now = /nowNs | keep now = /then | there is no /then",
                "boards: zcu102 | boards: qemu-virt | no board to play it on",
            })
    void noticesWhatAScenarioFindsDifferent(String right, String wrong, String complaint)
            throws Exception {
        Path directory = Files.createTempDirectory("scenario");
        String text = Files.readString(SCENARIOS.resolve("f1-a-fork-goes-its-own-way.txt"));
        assertThat(text).contains(right);
        Path file = directory.resolve("f1.txt");
        Path table = directory.resolve("boards.txt");
        Files.writeString(file, text.replace(right, wrong));
        Files.copy(SCENARIOS.resolve("boards.txt"), table);
        try {
            Run run = scenario(file, "zcu102");
            assertThat(run.output()).contains("NOT AS EXPECTED: ").contains(complaint);
            assertThat(run.exitCode()).isEqualTo(1);
        } finally {
            Files.delete(file);
            Files.delete(table);
            Files.delete(directory);
        }
    }
}

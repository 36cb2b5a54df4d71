package dev.vboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs the scenarios fails when it should: nothing is expected in vain. */
class RunnerTest extends HttpTest {
    private static final BoardTable TABLE = new BoardTable("boards.txt", """
            board  profile    cpus
            arm    qemu-virt  4
            """);

    private static final String START = """
            # T1 (none)
            scenario: T1
            flavour: none
            boards: arm

            board {"profile":"${profile}","xen":{"flavour":"none"}}
              201 {"cpus":{"online":1,"total":"${cpus}"},"labels":{}}
            """;

    private static final String CPU_ON = """
            POST /cpus/0/psci {"function":"CPU_ON","args":["0x1","0x40080000","0x5"]}
            """;

    private static Transcript read(String text) {
        return TranscriptReader.read(
                "t.txt", TABLE.names(), file -> file.equals("t.txt") ? text : CPU_ON + "  200\n");
    }

    private void play(String steps) {
        new Player(http, read(START + steps), TABLE, "arm", new Recorder(false)).play();
    }

    @Test
    void whatIsTruePasses() {
        play(CPU_ON + """
              200 {"status":"SUCCESS",
                "value":0,"args":["0x1","0x40080000","0x5"],"nothing":"$absent",
                "revision":"$present"}
              keep revision = /revision
              no event {"type":"cpu-off"}
              event {"type":"cpu-on","cpu":1,"entry":"0x40080000"}
              no event {"type":"cpu-on"}
            # A comment.
            GET /
              200 {"revision":"${revision}","nowNs":"$in 1us 1s","lastWake":null}
            GET /cpus/${cpus}
              404 {"code":"no-such-cpu"}
            repeat 3
            POST /clock {"advance":"1ms"}
              200 {"stopped":"reached"}
            end
            fork copy
              201 {"boards":[{"cpus":{"online":2}}]}
            on copy
            GET /
              200 {"id":"t1-arm-copy"}
            on origin
            include more.txt
            """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  201",
                "  200 {\"status\":\"DENIED\"}",
                "  200 {\"value\":1}",
                "  200 {\"value\":null}",
                "  200 {\"value\":\"0\"}",
                "  200 {\"missing\":0}",
                "  200 {\"missing\":\"$present\"}",
                "  200 {\"value\":\"$absent\"}",
                "  200 {\"revision\":\"$in 5 9\"}",
                "  200 {\"status\":\"$in 0 9\"}",
                "  200 {\"args\":[\"0x1\"]}",
                "  200 {\"events\":[]}",
                "  200 {\"args\":[\"0x1\",\"0x40080000\",\"0x6\"]}",
                "  200\n  event {\"type\":\"cpu-off\"}",
                "  200\n  event {\"type\":\"cpu-on\",\"cpu\":2}",
                "  200\n  event {\"type\":\"cpu-on\"}\n  event {\"type\":\"cpu-on\"}",
                "  200\n  event {\"type\":\"cpu-on\"}\n  event {\"type\":\"psci-call\"}",
                "  200\n  no event {\"type\":\"cpu-on\"}",
                "  200\n  no event {\"type\":\"psci-call\"}\n  event {\"type\":\"cpu-on\"}",
                "  200\n  console anything",
                "  200\n  console /.*/",
                "  200\n  keep it = /missing\nGET /\n  200 {\"revision\":\"${it}\"}",
            })
    void aPlantedWrongExpectationFails(String expectation) {
        assertThatThrownBy(() -> play(CPU_ON + expectation + "\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("t.txt:");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> play("GET /\n  200 {\"cpus\":{\"parked\":0}}\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("t.txt:9: /cpus/parked: expected 0, was not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH /\n  200 {\"id\":\"t1-arm\"}",
                "get /\n  200 {\"id\":\"t1-arm\"}",
                "POST clock {\"advance\":\"1ms\"}\n  200",
                "POST /clock {\"advance\":\"1ms\"\n  200",
                "POST /clock {\"advance\":\"1ms\",\"advance\":\"2ms\"}\n  200",
                "POST /clock {\"advance\":\"${later}\"}\n  200",
                "POST /clock {\"advance\":\"${Later}\"}\n  200",
                "POST /clock {\"advance\":\"1ms\"}",
                "POST /clock {\"advance\":\"1ms\"}\n  OK",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  200",
                "POST /clock {\"advance\":\"1ms\"}\n  event {\"type\":\"cpu-on\"}",
                "POST /clock {\"advance\":\"1ms\"}\n  200 {\"stopped\":\"$reached\"}",
                "POST /clock {\"advance\":\"1ms\"}\n  200 {\"nowNs\":\"$in 5\"}",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  evnt {\"type\":\"cpu-on\"}",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  no events",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  event {\"type\":\"cpu-onn\"}",
                "POST /clock {\"step\":1}\n  200\n  event {\"type\":\"cpu-on\",\"pcpu\":1}",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  no console /(/",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  keep now",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  keep now = /nowNs",
                "POST /clock {\"advance\":\"1ms\"}\n  200\n  keep cpus = /nowNs",
                "GET /\n  200",
                "GET /\n  200 {\"revision\":0}\n  no event {\"type\":\"cpu-on\"}",
                "    more",
                " 200",
                "  200",
                "on copy",
                "fork\n  201",
                "fork a\n  201\nfork a\n  201",
                "repeat often\nend",
                "repeat 2\nGET /\n  200 {\"revision\":0}",
                "repeat 2\nrepeat 2\nend\nend",
                "end",
                "flavour: none",
                "scenario:",
            })
    void anUnknownWordFails(String steps) {
        assertThatThrownBy(() -> read(START + steps + "\n")).isInstanceOf(BadTranscript.class);
    }

    @Test
    void aTranscriptWithoutItsHeaderOrItsBoardFails() {
        for (String line : START.split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                assertThatThrownBy(() -> read(START.replace(line + "\n", "")))
                        .describedAs(line)
                        .isInstanceOf(BadTranscript.class);
            }
        }
        String other = START.replace("boards: arm", "boards: risc");
        assertThatThrownBy(() -> TABLE.variables(read(other), "risc"))
                .isInstanceOf(BadTranscript.class);
    }

    @Test
    void aBoardOfAnotherFlavourFails() {
        String other = START.replace("\"flavour\":\"none\"", "\"flavour\":\"rfc2018\"")
                .replace("\"online\":1", "\"online\":4");
        Player player = new Player(http, read(other), TABLE, "arm", new Recorder(false));
        assertThatThrownBy(player::play)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the flavour is rfc2018");
    }

    @Test
    void whatIsWrongCanBeRewrittenAndIsThenRight() {
        String text = START + """
                # Kept.
                GET /
                  200 {"profile":"${profile}","nowNs":"$in 5s 6s","state":"OFF",
                    "cpus":{"total":"${cpus}","online":9},"more":1,"labels":{}}
                """;
        Recorder recorder = new Recorder(true);
        new Player(http, read(text), TABLE, "arm", recorder).play();
        assertThat(recorder.changed()).containsExactly("t.txt");
        String rewritten = recorder.rewritten("t.txt", text);
        http.send("DELETE", BOARDS + "/t1-arm", "");
        Recorder second = new Recorder(true);
        new Player(http, read(rewritten), TABLE, "arm", second).play();
        assertThat(second.changed()).isEmpty();
        assertThat(rewritten)
                .startsWith(START)
                .contains("# Kept.\nGET /\n  200 {\"profile\":\"${profile}\",\"nowNs\":")
                .contains("\"state\":\"RUNNING\",\"cpus\":{\"total\":\"${cpus}\",\"online\":1}")
                .contains("\"more\":\"$absent\"")
                .endsWith("\"labels\":{}}\n");
        assertThat(rewritten.lines()).allMatch(line -> line.length() <= 100);
    }
}

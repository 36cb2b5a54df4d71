package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

/** Contract, section 6: only calls move a board's clock, unless it is told to follow the wall. */
class ClockTest extends HttpTest {

    private String path = "";

    @BeforeEach
    void create() {
        path = board("{}");
    }

    @Test
    void timeStandsStillBetweenCalls() {
        long now = now();
        http.get(path + "/cpus");
        assertThat(now()).isEqualTo(now);
        JsonNode run = json(200, http.post(path + "/clock", "{\"advance\":\"1.5ms\"}"));
        assertThat(run.path("nowNs").asLong()).isEqualTo(now + 1_500_000);
        assertThat(run.path("stopped").asString()).isEqualTo("reached");
        assertThat(run.path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void theClockStopsAtAnEvent() {
        http.post(
                path + "/domains/0/vcpus/0/psci?settle=false",
                "{\"function\":\"CPU_ON\",\"args\":[\"0x1\",\"0x40080000\"]}");
        JsonNode run = json(
                200,
                http.post(
                        path + "/clock", "{\"until\":{\"event\":\"watchdog\"},\"limit\":\"1ms\"}"));
        assertThat(run.path("stopped").asString()).isIn("limit", "idle");
        json(200, http.post(path + "/clock", "{\"until\":\"settled\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|''",
                "{\"advance\":-1}|/advance",
                "{\"advance\":\"-5ms\"}|/advance",
                "{\"advance\":9223372036854775807}|/advance",
                "{\"advance\":9223372036854775808}|/advance",
                "{\"advance\":1,\"step\":1}|''",
                "{\"step\":0}|/step",
                "{\"step\":1,\"limit\":\"1s\"}|/limit",
                "{\"until\":\"sometime\"}|/until",
                "{\"until\":{\"event\":\"cpu-onn\"}}|/until/event",
                "{\"until\":{\"event\":\"cpu-on\",\"cpus\":1}}|/until/cpus"
            })
    void whatTimeCannotDoIsRefused(String body, String pointer) {
        long now = now();
        JsonNode problem = problem(422, "invalid", http.post(path + "/clock", body));
        assertThat(pointers(problem)).containsExactly(pointer);
        assertThat(now()).isEqualTo(now);
    }

    @Test
    @Timeout(30)
    void yearsPassInOneCallOrTheAnswerSaysWhyNot() {
        Exchanged run = http.post(path + "/clock", "{\"advance\":\"300000000s\"}");
        assertThat(json(200, run).path("stopped").asString()).isIn("reached", "firings", "budget");
    }

    @Test
    @Timeout(30)
    void aBoardMayFollowTheWall() {
        JsonNode paced = json(
                200, http.put(path + "/clock/pace", "{\"mode\":\"realtime\",\"factor\":1000}"));
        assertThat(paced.path("pace").path("mode").asString()).isEqualTo("realtime");
        int revision = paced.path("revision").asInt();
        long begin = paced.path("nowNs").asLong();
        long now = begin;
        while (now - begin < 200_000_000) {
            long next = now();
            assertThat(next).isGreaterThanOrEqualTo(now);
            now = next;
        }
        String psci = path + "/domains/0/vcpus/0/psci";
        problem(
                409,
                "paced-by-wall",
                http.post(psci + "?settle=true", "{\"function\":\"PSCI_VERSION\"}"));
        json(200, http.post(psci, "{\"function\":\"PSCI_VERSION\"}"));
        JsonNode manual = json(200, http.put(path + "/clock/pace", "{\"mode\":\"manual\"}"));
        assertThat(manual.path("revision").asInt()).isEqualTo(revision + 2);
        assertThat(manual.path("pace").path("factor").asDouble()).isEqualTo(1);
        assertThat(now()).isEqualTo(now());
    }

    @Test
    @Timeout(30)
    void whatFallsDueHappensWithoutACall() {
        json(200, http.post(path + "/interrupts", "{\"intid\":\"spi:50\",\"at\":\"+20ms\"}"));
        int seen = json(http.get(path + "/events?limit=1000")).path("items").size();
        try (EventReader reader = new EventReader(port(), path + "/events", seen)) {
            json(200, http.put(path + "/clock/pace", "{\"mode\":\"realtime\"}"));
            assertThat(reader.next().type()).isEqualTo("irq-fired");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\":\"realtime\",\"factor\":0}|/factor",
                "{\"mode\":\"realtime\",\"factor\":-1}|/factor",
                "{\"mode\":\"realtime\",\"factor\":1001}|/factor",
                "{\"mode\":\"realtime\",\"factor\":1e400}|/factor",
                "{\"mode\":\"realtime\",\"factor\":\"1\"}|/factor",
                "{\"mode\":\"manual\",\"factor\":2}|/factor",
                "{\"mode\":\"fast\"}|/mode",
                "{}|/mode"
            })
    void aWrongPaceIsRefused(String body, String pointer) {
        JsonNode problem = problem(422, "invalid", http.put(path + "/clock/pace", body));
        assertThat(pointers(problem)).containsExactly(pointer);
    }

    private long now() {
        return json(200, http.get(path + "/clock")).path("nowNs").asLong();
    }
}

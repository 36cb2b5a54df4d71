package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

/** Contract, section 1: a board's revision counts its accepted changes and is its ETag. */
class RevisionTest extends HttpTest {

    private static final String VERSION_CALL = "{\"function\":\"PSCI_VERSION\"}";
    private static final String DENIED_CALL =
            "{\"function\":\"CPU_ON\",\"args\":[\"0x0\",\"0x40080000\"]}";

    @Test
    void acceptedChangesCountAndRefusedOnesDoNot() {
        String path = board("{}");
        String vcpu = path + "/domains/0/vcpus/0";
        assertThat(revision(path)).isZero();
        JsonNode answer = json(200, http.post(vcpu + "/psci", VERSION_CALL));
        assertThat(answer.path("revision").asInt()).isEqualTo(1);
        json(200, http.post(vcpu + "/psci", DENIED_CALL));
        assertThat(revision(path)).isEqualTo(2);
        http.post(path + "/domains/0/vcpus/1/psci", VERSION_CALL);
        http.post(path + "/domains/9/pause", "");
        http.post(vcpu + "/psci", "{\"function\":\"CPU_OFFF\"}");
        assertThat(revision(path)).isEqualTo(2);
        json(200, http.patch(path, "{\"labels\":{\"a\":\"1\"}}"));
        json(200, http.put(path + "/hazards", "[\"HZ-01\"]"));
        json(200, http.put(path + "/clock/pace", "{\"mode\":\"manual\"}"));
        assertThat(revision(path)).isEqualTo(5);
        http.get(path + "/cpus");
        http.get(path + "/clock");
        assertThat(revision(path)).isEqualTo(5);
        json(201, http.post(path + "/faults", "{\"kind\":\"cpu-never-starts\",\"cpu\":1}"));
        json(200, http.delete(path + "/faults/1"));
        http.delete(path + "/faults/1");
        assertThat(revision(path)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "/power",
        "/cpus",
        "/cpus/0",
        "/gic",
        "/gic/interrupts",
        "/interrupts/scheduled",
        "/devices",
        "/power-domains",
        "/domains",
        "/domains/0",
        "/domains/0/vcpus",
        "/domains/0/vcpus/0",
        "/clock",
        "/events",
        "/suspend",
        "/host",
        "/faults",
        "/hazards"
    })
    void everyResourceHasTheBoardsRevisionAsItsTag(String resource) {
        String path = board("{}");
        Exchanged read = http.get(path + resource);
        assertThat(read.status()).describedAs(read.toString()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo("\"0\"");
        Exchanged again = http.get(path + resource, "If-None-Match", "\"7\", W/\"0\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo("\"0\"");
        assertThat(http.get(path + resource, "If-None-Match", "\"1\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "404, no-such-cpu, /cpus/9",
        "404, no-such-cpu, /cpus/one",
        "404, no-such-domain, /domains/9",
        "404, no-such-vcpu, /domains/0/vcpus/x",
        "404, no-such-interrupt, /gic/interrupts/spi:x",
        "422, invalid, /events?limit=0",
        "422, invalid, /events?type=none"
    })
    void whoKnowsTheBoardIsRefusedWhatIsRefusedToAll(int status, String code, String resource) {
        String path = board("{}");
        problem(status, code, http.get(path + resource));
        problem(status, code, http.get(path + resource, "If-None-Match", "\"0\""));
    }

    @Test
    void aChangeMayRequireARevision() {
        String path = board("{}");
        String psci = path + "/domains/0/vcpus/0/psci";
        assertThat(http.post(psci, VERSION_CALL, "If-Match", "\"0\"").header("ETag"))
                .isEqualTo("\"1\"");
        problem(412, "stale", http.post(psci, VERSION_CALL, "If-Match", "\"0\""));
        problem(412, "stale", http.post(psci, VERSION_CALL, "If-Match", "W/\"1\""));
        problem(412, "stale", http.delete(path, "If-Match", "\"0\""));
        assertThat(revision(path)).isEqualTo(1);
        json(200, http.post(psci, VERSION_CALL, "If-Match", "*"));
        assertThat(http.delete(path, "If-Match", "\"2\"").status()).isEqualTo(204);
    }

    private int revision(String path) {
        return json(200, http.get(path)).path("revision").asInt();
    }
}

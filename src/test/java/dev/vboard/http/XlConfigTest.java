package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

/** A domain made with the keys of an xl configuration (farm.md 11, config keys). */
class XlConfigTest extends HttpTest {
    private static final String UUID = "12345678-9abc-def0-1234-56789abcdef0";

    private JsonNode made(String path, String config) {
        return json(201, http.post(path + "/domains", "{\"config\":" + config + "}"));
    }

    private static String rowOf(String table, String name) {
        return table.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }

    @Test
    void everyKeyIsTakenByItsOwnName() {
        String path = board("{}");
        String keys = """
                {"name":"guest","type":"pvh","vcpus":1,"maxvcpus":2,"cpus":"0-3,^2",
                "cpus_soft":"1","cpu_weight":256,"cap":50,"memory":512,"maxmem":1024,
                "kernel":"/boot/Image","ramdisk":"/boot/initrd","cmdline":"console=hvc0 quiet",
                "extra":"not this","uuid":"%s","passthrough":"enabled",
                "device_tree":"/etc/xen/dt","on_poweroff":"preserve","on_reboot":"restart",
                "on_watchdog":"destroy","on_crash":"destroy","on_soft_reset":"soft-reset"}
                """;
        JsonNode domain = made(path, keys.formatted(UUID));
        assertThat(domain.path("name").asString()).isEqualTo("guest");
        assertThat(domain.path("uuid").asString()).isEqualTo(UUID);
        assertThat(domain.path("memoryMiB").asInt()).isEqualTo(512);
        assertThat(domain.path("vcpus").size()).isEqualTo(2);
        assertThat(domain.path("vcpus").path(1).path("affinity").toString()).isEqualTo("[0,1,3]");
        assertThat(rowOf(http.get(path + "/xl/vcpu-list").text(), "guest")).endsWith("0-1,3 / 1");
        assertThat(http.get(path + "/domains/guest/device-tree").text())
                .contains("bootargs = \"console=hvc0 quiet\";");
        json(200, http.post(path + "/domains/guest/crash", ""));
        assertThat(http.get(path + "/domains/guest").status()).isEqualTo(404);
    }

    /** As xl: the others are there for CPU_ON. */
    @Test
    void aScriptedGuestStartsItsVcpusOfTheTwo() {
        String path = board("{}");
        String body = "{\"guest\":\"linux\",\"config\":{\"vcpus\":2,\"maxvcpus\":3}}";
        json(201, http.post(path + "/domains", body));
        JsonNode vcpus = json(200, http.get(path + "/domains/1")).path("vcpus");
        assertThat(vcpus.path(1).path("state").asString()).isEqualTo("BLOCKED");
        assertThat(vcpus.path(2).path("state").asString()).isEqualTo("OFF");
    }

    /** What it was made with is what it is made with again. */
    @Test
    void aRestartKeepsThem() {
        String path = board("{}");
        String keys = "{\"name\":\"g\",\"uuid\":\"%s\",\"extra\":\"a\",\"on_crash\":\"restart\"}";
        made(path, keys.formatted(UUID));
        json(200, http.post(path + "/domains/g/crash", ""));
        JsonNode again = json(200, http.get(path + "/domains/g"));
        assertThat(again.path("id").asInt()).isEqualTo(2);
        assertThat(again.path("uuid").asString()).isEqualTo(UUID);
        assertThat(http.get(path + "/domains/g/device-tree").text()).contains("bootargs = \"a\";");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"config\":{\"vcpus\":3,\"maxvcpus\":2}}|/config/maxvcpus|xl: maxvcpus < vcpus",
                "{\"config\":{\"memory\":512,\"maxmem\":256}}|/config/maxmem|xl: maxmem < memory",
                "{\"memoryMiB\":1,\"config\":{\"memory\":1}}|/config/memory|is given twice",
                "{\"onCrash\":\"destroy\",\"config\":{\"on_crash\":\"destroy\"}}"
                        + "|/config/on_crash|is given twice",
                "{\"pin\":{\"0\":[0]},\"config\":{\"cpus\":\"1\"}}|/config/cpus|pin says it, too",
                "{\"config\":{\"cpus\":\"2,^2\"}}|/config/cpus|names no CPU",
                "{\"config\":{\"cpus\":\"0-9\"}}|/config/cpus|the board has CPUs 0 to 3",
                "{\"config\":{\"cpus_soft\":\"9\"}}|/config/cpus_soft|the board has CPUs 0 to 3",
                "{\"config\":{\"extra\":\"\\u00e9\"}}|/config/extra|is not printable ASCII",
                "{\"devices\":[\"rtc\"],\"config\":{\"passthrough\":\"disabled\"}}"
                        + "|/config/passthrough|passthrough disabled but devices are specified"
            })
    void whatContradictsItselfIsRefused(String body, String pointer, String message) {
        String path = board("{}");
        JsonNode problem = json(422, http.post(path + "/domains", body));
        JsonNode first = problem.path("violations").path(0);
        assertThat(first.path("pointer").asString()).isEqualTo(pointer);
        assertThat(first.path("message").asString()).isEqualTo(message);
    }
}

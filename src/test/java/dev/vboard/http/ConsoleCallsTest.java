package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** Contract, section 7: what consoles show and take, and what xl prints (xen-suspend.md 8). */
class ConsoleCallsTest extends HttpTest {
    private static final String BOARD = BOARDS + "/b-1";

    private static final String LINUX = """
            {"id":"b-1","profile":"zcu102","dom0":{"vcpus":2,"guest":"linux"}}""";

    private static final String GUEST = """
            {"name":"guest","guest":"linux","interrupts":[{"intid":132,"trigger":"edge"}]}""";

    @BeforeEach
    void aBoardWhoseDom0IsLinux() {
        json(201, http.post(BOARDS, LINUX));
        json(201, http.post(BOARD + "/domains", GUEST));
    }

    private String text(String path) {
        Exchanged answer = http.get(BOARD + path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        return answer.text();
    }

    private JsonNode piece(String port, long after) {
        return json(
                200,
                http.get(
                        BOARD + "/console/" + port + "?after=" + after,
                        "Accept",
                        "application/json"));
    }

    private void type(String port, String text) {
        json(200, http.post(BOARD + "/console/" + port, "{\"text\":\"" + text + "\\n\"}"));
    }

    @Test
    void xensConsoleHasThreeNames() {
        String text = text("/console/xen");
        assertThat(text).contains("(XEN) Using PSCI v1.1\n").contains("(XEN) Bringing up CPU1\n");
        assertThat(text("/console/uart0")).isEqualTo(text);
        assertThat(text("/console/0")).isEqualTo(text);
    }

    @Test
    void aDomainsLinesAreOnItsOwnConsoleAndWithItsNameOnXens() {
        String line = "Booting Linux on physical CPU 0x0000000000 [0x410fd034]\n";
        assertThat(text("/console/d1")).isEqualTo(line);
        assertThat(text("/console/d0")).isEqualTo(line);
        assertThat(text("/console/xen")).contains("\n" + line).contains("\n(d1) " + line);
    }

    @Test
    void aReaderGoesOnWhereItStopped() {
        JsonNode first = piece("d1", 0);
        assertThat(first.path("from").asLong()).isZero();
        long next = first.path("next").asLong();
        assertThat(first.path("text").asString()).hasSize((int) next);
        assertThat(piece("d1", next).path("text").asString()).isEmpty();
        type("d1", "cat /sys/power/mem_sleep");
        assertThat(piece("d1", next).path("text").asString())
                .isEqualTo("# cat /sys/power/mem_sleep\ns2idle [deep]\n");
        assertThat(piece("d1", 1_000_000).path("from").asLong())
                .isEqualTo(piece("d1", 0).path("next").asLong());
    }

    @Test
    void whatIsTypedOnTheWireSuspendsTheMachineAndTheStolenWindowIsSilent() {
        type("uart0", "echo mem > /sys/power/state");
        JsonNode board = json(200, http.get(BOARD));
        assertThat(board.path("state").asString()).isEqualTo("SUSPENDED");
        String wire = text("/console/uart0");
        assertThat(wire)
                .contains("# echo mem > /sys/power/state\n")
                .contains("\nPM: suspend entry (deep)\n")
                .contains("\n(XEN) Disabling non-boot CPUs ...\n");
        long before = piece("uart0", 0).path("next").asLong();
        json(200, http.post(BOARD + "/interrupts", "{\"device\":\"rtc\"}"));
        String after = piece("uart0", before).path("text").asString();
        assertThat(after)
                .contains("(XEN) Enabling non-boot CPUs  ...\n")
                .contains("\npsci: CPU1 killed (polled 0 ms)\n")
                .contains("\nPM: suspend exit\n");
        assertThat(text("/xl/dmesg"))
                .contains("(XEN) Disabling non-boot CPUs ...\n")
                .doesNotContain("PM: suspend");
        json(204, http.delete(BOARD));
    }

    @Test
    void theRingBeginsAnewWithXen() {
        type("uart0", "echo mem > /sys/power/state");
        json(200, http.post(BOARD + "/interrupts", "{\"device\":\"rtc\"}"));
        assertThat(text("/xl/dmesg")).contains("Disabling non-boot CPUs ...");
        json(200, http.post(BOARD + "/reset", ""));
        assertThat(text("/xl/dmesg"))
                .startsWith("(XEN) Using PSCI v1.1\n")
                .doesNotContain("Disabling non-boot CPUs ...");
        assertThat(text("/console/xen")).contains("Disabling non-boot CPUs ...");
    }

    @Test
    void aManualGuestHasNoShell() {
        json(201, http.post(BOARD + "/domains", "{}"));
        Exchanged answer = http.post(BOARD + "/console/d2", "{\"text\":\"x\"}");
        problem(409, "guest-does-not-listen", answer);
    }

    @Test
    void xlPrintsItsOwnColumns() {
        assertThat(text("/xl/list").lines().toList())
                .containsExactly(
                        "Name" + " ".repeat(40) + "ID   Mem VCPUs\tState\tTime(s)",
                        "Domain-0" + " ".repeat(37) + "0  1024     2     -b----       0.0",
                        "guest" + " ".repeat(40) + "1   256     1     -b----       0.0");
        assertThat(text("/xl/vcpu-list"))
                .startsWith("Name                                ID  VCPU   CPU State   Time(s)"
                        + " Affinity (Hard / Soft)\n")
                .contains("\nguest                                1     0    2   -b-       0.0"
                        + "  all / all\n");
        assertThat(text("/xl/info"))
                .startsWith("host                   : b-1\n")
                .contains("\nnr_cpus                : 4\n")
                .contains("\ncpu_mhz                : 100.000\n");
    }

    /** The toolstack's lines of xen-suspend.md 8.2. */
    @Test
    void xlsDaemonsLogWhatBecomesOfTheirDomains() {
        String path = board("{\"xen\":{\"flavour\":\"upstream\"}}");
        json(201, http.post(path + "/domains", "{}"));
        assertThat(http.get(path + "/xl/log").text()).isBlank();
        json(
                200,
                http.post(
                        path + "/domains/1/vcpus/0/psci",
                        "{\"function\":\"SYSTEM_SUSPEND\",\"args\":[\"0x40080000\",\"0x1\"]}"));
        json(200, http.post(path + "/domains/1/resume", ""));
        json(200, http.post(path + "/domains/1/crash", ""));
        http.delete(path + "/domains/1");
        assertThat(http.get(path + "/xl/log").text().lines())
                .containsExactly(
                        "Domain 1 has shut down, reason code 2 0x2",
                        "Domain has suspended.",
                        "Continue waiting for domain 1",
                        "Domain 1 has shut down, reason code 3 0x3",
                        "Domain 1 has been destroyed.");
    }
}

package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What those who run the service see of it (contract, section 9; issue 2, deliverable 7). */
class OperationsTest extends HttpTest {

    @Test
    void boardsAndCallsAreCountedWithoutNamingThem() {
        String path = board("{\"id\":\"secret\"}");
        double before = metric("vboard_psci_calls_total{face=\"virt\","
                + "function=\"PSCI_VERSION\",result=\"SUCCESS\"}");
        http.post(path + "/domains/0/vcpus/0/psci", "{\"function\":\"PSCI_VERSION\"}");
        http.post(path + "/domains/0/vcpus/0/psci", "{\"functionId\":\"0x84001234\"}");
        assertThat(metric("vboard_psci_calls_total{face=\"virt\","
                        + "function=\"PSCI_VERSION\",result=\"SUCCESS\"}"))
                .isEqualTo(before + 1);
        String metrics = http.get("/actuator/prometheus").text();
        assertThat(metrics)
                .contains(
                        "vboard_boards{state=\"running\"}",
                        "vboard_boards{state=\"quarantined\"}",
                        "vboard_suspend_seconds_count{clock=\"virtual\"}",
                        "vboard_resume_seconds_count{clock=\"wall\"}",
                        "vboard_wakeups_total{cause=\"spi\"}",
                        "uri=\"/api/v1/boards/{board}/domains/{domain}/vcpus/{vcpu}/psci\"")
                .doesNotContain("secret", "84001234");
    }

    @Test
    void theServiceSaysWhetherItIsWell() {
        assertThat(http.get("/actuator/health/liveness").text()).contains("UP");
        assertThat(http.get("/actuator/health/readiness").text()).contains("UP");
        assertThat(http.get("/actuator/info").text()).contains("\"spec\"", "\"build\"");
    }

    private double metric(String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (.*)$", Pattern.MULTILINE)
                .matcher(http.get("/actuator/prometheus").text());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }
}

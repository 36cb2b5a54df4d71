package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** Contract, sections 3, 5 and 7: the firmware's services over the wire. */
class FirmwareServicesTest extends HttpTest {
    private static final String NONE = "\"xen\":{\"flavour\":\"none\"}";

    private JsonNode smccc(String path, String function, String args) {
        String body = "{\"functionId\":\"" + function + "\",\"args\":[" + args + "]}";
        return json(200, http.post(path + "/smccc", body));
    }

    private JsonNode calls(String path) {
        return json(200, http.get(path + "/events?type=eemi-call")).path("items");
    }

    @Test
    void aCallerAtEl2TalksToThePowerUnitAndEachCallIsAnEvent() {
        String path = board("{\"profile\":\"zcu102\"," + NONE + "}");
        JsonNode version = smccc(path + "/cpus/0", "0xc2000001", "");
        assertThat(version.path("x0").asString()).isEqualTo("0x1000100000000");
        JsonNode status = smccc(path + "/cpus/0", "0xc200000d", "\"0x100000021\"");
        assertThat(status.path("x0").asString()).isEqualTo("0x0");
        JsonNode call = calls(path).get(1);
        assertThat(call.path("api").asString()).isEqualTo("REQ_NODE");
        assertThat(call.path("apiId").asInt()).isEqualTo(13);
        assertThat(call.path("node").asInt()).isEqualTo(33);
        assertThat(call.path("value").asInt()).isZero();
        assertThat(call.path("origin").asString()).isEqualTo("xen");
    }

    @Test
    void aSleepIsAnnouncedByTheFirmwareItself() {
        String path = board("{\"profile\":\"zcu102\"," + NONE + "}");
        String suspend = "{\"function\":\"SYSTEM_SUSPEND\",\"args\":[\"0x800080000\",\"0x0\"]}";
        json(200, http.post(path + "/cpus/0/psci", suspend));
        JsonNode call = calls(path).get(0);
        assertThat(call.path("api").asString()).isEqualTo("SELF_SUSPEND");
        assertThat(call.path("origin").asString()).isEqualTo("firmware");
    }

    @Test
    void theRealTimeProcessorsHoldTheirDomainByALevel() {
        String path = board("{\"profile\":\"zcu102\"," + NONE + "}");
        JsonNode rpu = json(200, http.post(path + "/devices/rpu/input", "{\"level\":true}"));
        assertThat(rpu.path("type").asString()).isEqualTo("zynqmp-rpu");
        problem(422, "invalid", http.post(path + "/devices/rpu/input", "{\"byte\":1}"));
    }

    @Test
    void theSourceOfWakeUpsOfAnImx8qmIsTheCallersChoiceWithoutXen() {
        String path = board("{\"profile\":\"imx8qm\"," + NONE + "}");
        JsonNode chosen = smccc(path + "/cpus/0", "0xc2000009", "\"0x1\"");
        assertThat(chosen.path("x0").asString()).isEqualTo("0x0");
        JsonNode wrong = smccc(path + "/cpus/0", "0xc2000009", "\"0x7\"");
        assertThat(wrong.path("x0").asString()).isEqualTo("0xffffffffffffffff");
    }
}

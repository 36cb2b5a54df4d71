package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** Contract, section 8: several calls in one, in the words of the calls themselves. */
class CommandsTest extends HttpTest {

    private static final String VERSION =
            "{\"method\":\"POST\",\"path\":\"/domains/0/vcpus/0/psci\","
                    + "\"body\":{\"function\":\"PSCI_VERSION\"}}";
    private static final String NO_DOMAIN = "{\"method\":\"GET\",\"path\":\"/domains/9\"}";

    private String path = "";

    @BeforeEach
    void create() {
        path = board("{}");
    }

    @Test
    void callsAreMadeInOrderAndAnsweredAsTheyAnswer() {
        JsonNode answer = run(
                VERSION
                        + ",{\"method\":\"GET\",\"path\":\"/cpus?limit=1\"}"
                        + ",{\"method\":\"GET\",\"path\":\"/domains/0/device-tree\"}"
                        + ",{\"method\":\"PUT\",\"path\":\"/hazards\",\"body\":[]}"
                        + ",{\"method\":\"GET\",\"path\":\"/domains/Domain%2d0\"}",
                "");
        assertThat(answer.path("executed").asInt()).isEqualTo(5);
        assertThat(answer.path("revision").asInt()).isEqualTo(2);
        JsonNode results = answer.path("results");
        assertThat(results.get(0).path("body").path("value").asInt()).isPositive();
        assertThat(results.get(1).path("body").path("items").size()).isEqualTo(1);
        assertThat(results.get(2).path("body").isString()).isTrue();
        assertThat(results.get(4).path("body").path("id").asInt()).isZero();
    }

    @Test
    void theBoardItselfIsTheEmptyPath() {
        JsonNode results = run(
                        "{\"method\":\"PATCH\",\"path\":\"\",\"body\":{\"labels\":{\"a\":\"b\"}}},"
                                + "{\"method\":\"GET\",\"path\":\"\"}",
                        "")
                .path("results");
        assertThat(results.get(0).path("status").asInt()).isEqualTo(200);
        assertThat(results.get(1).path("body").path("labels").path("a").asString())
                .isEqualTo("b");
    }

    @Test
    void aWrongMethodIsNoWrongPath() {
        JsonNode result = run("{\"method\":\"PUT\",\"path\":\"/clock?x=1\"}", "")
                .path("results")
                .get(0);
        assertThat(result.path("status").asInt()).isEqualTo(405);
        JsonNode problem = result.path("body");
        assertThat(problem.path("code").asString()).isEqualTo("method-not-allowed");
        assertThat(problem.path("detail").asString()).endsWith("it takes GET, POST");
        assertThat(problem.path("instance").asString()).isEqualTo(path + "/clock");
        // The service's own calls are none of the board's.
        JsonNode deletion = run("{\"method\":\"DELETE\",\"path\":\"\"}", "");
        assertThat(deletion.at("/results/0/body/detail").asString())
                .endsWith("it takes GET, PATCH");
    }

    @Test
    void theFirstRefusalEndsThem() {
        JsonNode answer = run(VERSION + "," + NO_DOMAIN + "," + VERSION, "");
        assertThat(answer.path("executed").asInt()).isEqualTo(1);
        assertThat(answer.path("results").size()).isEqualTo(2);
        JsonNode problem = answer.path("results").get(1).path("body");
        assertThat(problem.path("instance").asString()).isEqualTo(path + "/domains/9");
    }

    @Test
    void theyGoOnWhenTold() {
        JsonNode answer =
                run(VERSION + "," + NO_DOMAIN + "," + VERSION, ",\"onRefusal\":\"continue\"");
        assertThat(answer.path("executed").asInt()).isEqualTo(2);
        assertThat(answer.path("results").size()).isEqualTo(3);
    }

    @Test
    void whatIsWrongWithOneIsTold() {
        String[] wrong = {
            "{\"method\":\"GET\",\"path\":\"/nowhere\"}",
            "{\"method\":\"POST\",\"path\":\"/commands\",\"body\":{\"commands\":[]}}",
            "{\"method\":\"POST\",\"path\":\"/fork\"}",
            "{\"method\":\"GET\",\"path\":\"/cpus?limt=1\"}",
            "{\"method\":\"POST\",\"path\":\"/interrupts\",\"body\":{\"intid\":\"x\"}}",
            "{\"method\":\"POST\",\"path\":\"/interrupts\"}",
            "{\"method\":\"POST\",\"path\":\"/clock\",\"body\":{\"step\":1},\"settle\":true}"
        };
        int[] statuses = {404, 422, 422, 422, 422, 400, 422};
        for (int i = 0; i < wrong.length; i++) {
            JsonNode result = run(wrong[i], "").path("results").get(0);
            assertThat(result.path("status").asInt())
                    .describedAs(result.toString())
                    .isEqualTo(statuses[i]);
        }
        assertThat(json(http.get(path)).path("revision").asInt()).isZero();
    }

    @Test
    void aCommandMaySettleOrNot() {
        JsonNode results = run(
                        "{\"method\":\"POST\",\"path\":\"/domains/0/vcpus/0/psci\","
                                + "\"settle\":false,"
                                + "\"body\":{\"function\":\"CPU_ON\","
                                + "\"args\":[\"0x1\",\"0x40080000\"]}},"
                                + "{\"method\":\"GET\",\"path\":\"/clock\"}",
                        "")
                .path("results");
        assertThat(results.get(0).path("body").path("status").asString()).isEqualTo("SUCCESS");
    }

    private JsonNode run(String commands, String more) {
        String body = "{\"commands\":[" + commands + "]" + more + "}";
        return json(200, http.post(path + "/commands", body));
    }
}

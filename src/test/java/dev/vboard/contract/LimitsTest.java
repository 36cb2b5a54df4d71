package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.Exchanged;
import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import tools.jackson.databind.JsonNode;

/** Contract, section 9: limits of the service answer 429, or 409, with their names. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "vboard.limits.boards=1",
            "vboard.limits.profiles=1",
            "vboard.limits.sse-clients=0"
        })
class LimitsTest extends HttpTest {

    @Test
    void noMoreBoardsThanAllowedAreCreated() {
        String path = board("{\"id\":\"b-1\"}");
        full("boards", http.post(BOARDS, "{}"));
        full("boards", http.post(BOARDS + ":bulk", "{\"count\":3}"));
        full("boards", http.post(path + "/fork", "{}"));
        assertThat(json(200, http.get(BOARDS)).path("items").size()).isEqualTo(1);
        assertThat(http.delete(path).status()).isEqualTo(204);
        board("{\"id\":\"b-1\"}");
    }

    @Test
    void aBulkThatReachesTheLimitSaysSoOfEachBoard() {
        JsonNode results =
                json(207, http.post(BOARDS + ":bulk", "{\"count\":2}")).path("results");
        assertThat(results.get(0).path("status").asInt()).isEqualTo(201);
        assertThat(results.get(1).path("status").asInt()).isEqualTo(429);
        assertThat(results.get(1).path("problem").path("blocking").get(0).asString())
                .isEqualTo("boards");
    }

    @Test
    void noMoreClientsThanAllowedFollowEvents() {
        String path = board("{}");
        full("sseClients", http.get(path + "/events", "Accept", "text/event-stream"));
    }

    @Test
    void noMoreProfilesThanAllowedAreAdded() {
        String first = "/api/v1/profiles/first";
        String second = "/api/v1/profiles/second";
        String body = "{\"extends\":\"zcu102\"}";
        assertThat(http.put(first, body).status()).isEqualTo(201);
        JsonNode problem = problem(409, "limit-reached", http.put(second, body));
        assertThat(problem.path("blocking").get(0).asString()).isEqualTo("profiles");
        assertThat(http.put(first, "{\"extends\":\"qemu-virt\"}").status()).isEqualTo(200);
        assertThat(http.delete(first).status()).isEqualTo(204);
        assertThat(http.put(second, body).status()).isEqualTo(201);
        assertThat(http.delete(second).status()).isEqualTo(204);
    }

    private static void full(String limit, Exchanged exchanged) {
        JsonNode problem = problem(429, "too-many", exchanged);
        assertThat(problem.path("blocking").get(0).asString()).isEqualTo(limit);
        assertThat(exchanged.header("Retry-After")).isNotEmpty();
    }
}

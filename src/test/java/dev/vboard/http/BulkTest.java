package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

/** Contract, section 2: many boards in one request. */
class BulkTest extends HttpTest {

    private static final String BULK = BOARDS + ":bulk";

    @Test
    void boardsAlikeAreNumbered() {
        JsonNode results = json(
                        207,
                        http.post(
                                BULK,
                                "{\"count\":101,\"idPrefix\":\"rack1-\","
                                        + "\"template\":{\"profile\":\"zcu102\","
                                        + "\"labels\":{\"rack\":\"1\"}}}"))
                .path("results");
        assertThat(results.size()).isEqualTo(101);
        assertThat(results.get(0).toString())
                .isEqualTo("{\"id\":\"rack1-000\",\"status\":201,"
                        + "\"location\":\"/api/v1/boards/rack1-000\"}");
        JsonNode last = json(200, http.get(BOARDS + "/rack1-100"));
        assertThat(last.path("profile").asString()).isEqualTo("zcu102");
        assertThat(last.path("labels").path("rack").asString()).isEqualTo("1");
    }

    @Test
    void eachBoardOfAListHasItsOwnResult() {
        http.post(BOARDS, "{\"id\":\"a\"}");
        JsonNode results = json(
                        207,
                        http.post(
                                BULK,
                                "{\"boards\":[{\"id\":\"a\"},{\"id\":\"b\"},"
                                        + "{\"id\":\"c\",\"profile\":\"zcu12\"},{}]}"))
                .path("results");
        assertThat(results.valueStream().map(result -> result.path("status").asInt()))
                .containsExactly(409, 201, 422, 201);
        assertThat(results.get(0).path("problem").path("code").asString())
                .isEqualTo("board-exists");
        assertThat(results.get(2)
                        .path("problem")
                        .path("violations")
                        .get(0)
                        .path("pointer")
                        .asString())
                .isEqualTo("/profile");
        json(200, http.get(results.get(3).path("location").asString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|''",
                "{\"count\":0}|/count",
                "{\"count\":100000000}|/count",
                "{\"count\":1,\"boards\":[{}]}|''",
                "{\"boards\":[]}|/boards",
                "{\"count\":2,\"idPrefix\":\"A\"}|/idPrefix",
                "{\"count\":2,\"template\":{\"id\":\"a\"}}|/template/id",
                "{\"count\":2,\"template\":{\"profile\":\"x\"}}|/template/profile",
                "{\"count\":2,\"template\":{\"xen\":{\"flavour\":\"x\"}}}|/template/xen/flavour",
                "{\"boards\":[{\"id\":\"a\"},{\"idd\":\"b\"}]}|/boards/1/idd",
                "{\"boards\":[{\"id\":\"a\"}],\"idPrefix\":\"a\"}|''"
            })
    void whatIsWrongWithTheWholeCreatesNothing(String body, String pointer) {
        JsonNode problem = problem(422, "invalid", http.post(BULK, body));
        assertThat(pointers(problem)).containsExactly(pointer);
        assertThat(json(http.get(BOARDS)).path("items").size()).isZero();
    }

    @Test
    void listsComeInPages() {
        http.post(BULK, "{\"count\":25,\"idPrefix\":\"p-\"}");
        JsonNode first = json(200, http.get(BOARDS + "?limit=10"));
        assertThat(first.path("items").get(9).path("id").asString()).isEqualTo("p-09");
        String cursor = first.path("next").asString();
        JsonNode second = json(200, http.get(BOARDS + "?limit=10&cursor=" + cursor));
        http.delete(BOARDS + "/p-19");
        JsonNode third = json(
                200, http.get(BOARDS + "?limit=10&cursor=" + second.path("next").asString()));
        assertThat(third.path("items").size()).isEqualTo(5);
        assertThat(third.path("next").isNull()).isTrue();
        JsonNode cpus = json(200, http.get(BOARDS + "/p-00/cpus?limit=3"));
        String rest = BOARDS + "/p-00/cpus?cursor=" + cpus.path("next").asString();
        assertThat(json(200, http.get(rest)).path("items").get(0).path("id").asInt())
                .isEqualTo(3);
        problem(422, "invalid", http.get(BOARDS + "/p-00/cpus?cursor=" + cursor));
    }
}

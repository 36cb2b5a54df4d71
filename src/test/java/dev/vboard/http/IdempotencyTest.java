package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/** Contract, section 9: a POST with an Idempotency-Key happens once. */
class IdempotencyTest extends HttpTest {

    private static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    @Test
    void theSameRequestIsAnsweredAgainAndNotDoneAgain() {
        Exchanged first = http.post(BOARDS, "{\"id\":\"once\"}", HEADER, "k-1");
        Exchanged second = http.post(BOARDS, "{\"id\":\"once\"}", HEADER, "k-1");
        assertThat(first.header(REPLAYED)).isEmpty();
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        http.post(BOARDS, "{\"id\":\"a\"}", HEADER, "k-2");
        problem(422, "key-reused", http.post(BOARDS, "{\"id\":\"b\"}", HEADER, "k-2"));
        problem(422, "key-reused", http.post(BOARDS + "/a/reset", "", HEADER, "k-2"));
        problem(404, "not-found", http.get(BOARDS + "/b"));
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        http.post(BOARDS, "{\"id\":\"taken\"}");
        Exchanged first = http.post(BOARDS, "{\"id\":\"taken\"}", HEADER, "k-3");
        http.delete(BOARDS + "/taken");
        Exchanged second = http.post(BOARDS, "{\"id\":\"taken\"}", HEADER, "k-3");
        problem(409, "board-exists", second);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void aStreamedAnswerIsRepeatedInFull() {
        String body = "{\"count\":300,\"idPrefix\":\"bulk-\"}";
        Exchanged first = http.post(BOARDS + ":bulk", body, HEADER, "k-4");
        Exchanged second = http.post(BOARDS + ":bulk", body, HEADER, "k-4");
        assertThat(json(207, first).path("results").size()).isEqualTo(300);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void requestsAtTheSameTimeHappenOnce() {
        List<Exchanged> all = IntStream.range(0, 16)
                .parallel()
                .mapToObj(_ -> http.post(BOARDS, "", HEADER, "k-5"))
                .toList();
        assertThat(all.stream().map(exchanged -> exchanged.header("Location")).distinct())
                .hasSize(1);
        assertThat(all.stream().filter(exchanged -> exchanged.header(REPLAYED).isEmpty()))
                .hasSize(1);
    }

    @Test
    void aKeyMustBeShort() {
        problem(422, "invalid", http.post(BOARDS, "", HEADER, "k".repeat(256)));
        problem(422, "invalid", http.post(BOARDS, "", HEADER, ""));
    }
}

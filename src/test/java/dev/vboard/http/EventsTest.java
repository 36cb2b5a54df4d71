package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Collections;

/** Contract, section 7: what happened, as a list and live. */
class EventsTest extends HttpTest {

    private static final String CALL = "{\"function\":\"PSCI_VERSION\"}";

    private String path = "";

    @BeforeEach
    void create() {
        path = board("{}");
    }

    @Test
    void aBoardRemembersWhatHappenedFromItsCreationOn() {
        JsonNode events = events("").path("items");
        assertThat(events.get(0).path("seq").asInt()).isEqualTo(1);
        assertThat(events.get(0).path("type").asString()).isEqualTo("board-created");
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).path("seq").asInt()).isEqualTo(i + 1);
            assertThat(events.get(i).path("timeNs").asLong())
                    .isGreaterThanOrEqualTo(events.get(i - 1).path("timeNs").asLong());
        }
    }

    @Test
    void aPsciAnswerHasTheEventsOfTheCall() {
        int before = lastSeq();
        JsonNode answer = json(200, psci());
        assertThat(answer.path("events").size()).isPositive();
        assertThat(answer.path("events").get(0).path("seq").asInt()).isEqualTo(before + 1);
        assertThat(answer.path("events").findValuesAsString("type")).contains("psci-call");
        assertThat(events("?after=" + before).path("items")).isEqualTo(answer.path("events"));
    }

    @Test
    void eventsComeInPagesAndByType() {
        psci();
        psci();
        JsonNode calls = events("?type=psci-call&limit=1");
        assertThat(calls.path("items").size()).isEqualTo(1);
        JsonNode more =
                events("?type=psci-call&limit=1&after=" + calls.path("next").asString());
        assertThat(more.path("items").get(0).path("seq").asInt())
                .isGreaterThan(calls.path("items").get(0).path("seq").asInt());
        String cursor =
                "?type=psci-call&limit=1&after=0&cursor=" + calls.path("next").asString();
        assertThat(events(cursor)).isEqualTo(more);
        problem(422, "invalid", http.get(path + "/events?cursor=ZXZlbnRzIDE"));
        JsonNode wrong = problem(422, "invalid", http.get(path + "/events?type=psci-cal"));
        assertThat(wrong.path("nearest").get(0).asString()).isEqualTo("psci-call");
        problem(422, "invalid", http.get(path + "/events?after=-1"));
    }

    @Test
    @Timeout(30)
    void eventsAreToldLive() {
        int before = lastSeq();
        try (EventReader reader = new EventReader(port(), path + "/events", before)) {
            psci();
            EventReader.Event event = reader.next();
            assertThat(event.id()).isEqualTo(before + 1);
            assertThat(event.type()).isEqualTo("psci-call");
            assertThat(event.data())
                    .isEqualTo(events("?after=" + before).path("items").get(0).toString());
            http.delete(path);
            EventReader.Event last = reader.next();
            while (!last.type().equals("board-deleted")) {
                last = reader.next();
            }
            assertThat(reader.atEnd()).isTrue();
        }
    }

    @Test
    @Timeout(30)
    void aClientResumesWhereItWas() {
        psci();
        try (EventReader reader = new EventReader(port(), path + "/events", 2)) {
            assertThat(reader.next().id()).isEqualTo(3);
        }
        try (EventReader reader = new EventReader(port(), path + "/events", -1)) {
            assertThat(reader.next().id()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(120)
    void whatIsNotKeptAnyMoreIsGone() {
        manyEvents(5000);
        problem(410, "events-gone", http.get(path + "/events?after=1"));
        problem(
                410,
                "events-gone",
                http.get(path + "/events", "Accept", "text/event-stream", "Last-Event-ID", "1"));
        JsonNode kept = events("?limit=1").path("items").get(0);
        assertThat(lastSeq() - kept.path("seq").asInt() + 1).isEqualTo(4096);
    }

    @Test
    @Timeout(120)
    void aClientThatDoesNotReadHarmsNobodyAndIsLetGo() {
        try (EventReader idle = new EventReader(port(), path + "/events", 0);
                EventReader keen = new EventReader(port(), path + "/events", lastSeq())) {
            for (int round = 0; round < 40; round++) {
                manyEvents(1200);
                for (int i = 0; i < 1200; i++) {
                    assertThat(keen.next().type()).isEqualTo("psci-call");
                }
            }
            assertThat(idle.endsWithin(Duration.ofSeconds(10))).isTrue();
        }
    }

    private void manyEvents(int count) {
        String call =
                "{\"method\":\"POST\",\"path\":\"/domains/0/vcpus/0/psci\",\"body\":" + CALL + "}";
        String calls = String.join(",", Collections.nCopies(count, call));
        json(200, http.post(path + "/commands", "{\"commands\":[" + calls + "]}"));
    }

    private Exchanged psci() {
        return http.post(path + "/domains/0/vcpus/0/psci", CALL);
    }

    private JsonNode events(String query) {
        return json(200, http.get(path + "/events" + query));
    }

    private int lastSeq() {
        int after = 0;
        JsonNode page = events("?limit=1000");
        while (!page.path("next").isNull()) {
            after = Integer.parseInt(page.path("next").asString());
            page = events("?limit=1000&after=" + after);
        }
        int size = page.path("items").size();
        return size == 0 ? after : page.path("items").get(size - 1).path("seq").asInt();
    }
}

package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Contract, section 7: who follows a board on which nothing happens still hears a comment. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "vboard.events.heartbeat=20ms")
class HeartbeatTest extends HttpTest {

    @Test
    void aQuietBoardSendsCommentsAgainAndAgain() {
        String path = board("{}");
        int last = json(200, http.get(path + "/events")).path("items").size();
        try (EventReader reader = new EventReader(port(), path + "/events?after=" + last, -1)) {
            assertThat(reader.comment()).isEqualTo(": still here");
            assertThat(reader.comment()).isEqualTo(": still here");
        }
    }
}

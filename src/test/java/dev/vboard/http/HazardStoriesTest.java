package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.HazardStories;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * docs/hazards.md, written from the catalogue and its scripts; {@code
 * -Dvboard.hazards.rewrite=true} writes it anew. Every call on it is made, and does
 * what the page says.
 */
class HazardStoriesTest extends HttpTest {
    private static final Path PAGE = Path.of("docs", "hazards.md");

    static List<HazardStories.Story> stories() {
        return HazardStories.all();
    }

    @Test
    void thePageTellsAllStories() throws IOException {
        String page = HazardStories.page();
        if (Boolean.getBoolean("vboard.hazards.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void theCallsShowWhatTheStorySays(HazardStories.Story story) {
        String path = board("{\"profile\":\"" + story.profile() + "\",\"xen\":{\"flavour\":\""
                + story.flavour() + "\",\"hazards\":[\"" + story.hazard().id()
                + "\"]},\"dom0\":{\"vcpus\":2,\"online\":2}}");
        json(200, http.post(path + "/commands", story.body()));
        List<String> told = new ArrayList<>();
        JsonNode events = json(200, http.get(path + "/events?type=invariant-violated"));
        events.path("items").forEach(event -> told.add(event.path("invariant").asString()));
        assertThat(told).containsAll(story.invariants());
        JsonNode report = json(200, http.get(path + "/invariants"));
        assertThat(report.path("items").size()).isEqualTo(35);
    }
}

package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.Exchanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the contract says besides its operations, and what no operation can show by itself. */
class BesidesTest extends ContractTest {
    /** Tests that speak to the service past the client that checks, each with its reason. */
    private static final List<String> PAST_THE_CLIENT = List.of(
            // Makes the checked exchanges.
            "http/Client.java",
            // Sends what is no HTTP.
            "http/ErrorsTest.java",
            // Reads live events one by one, or not at all.
            "http/EventReader.java",
            // Reads Swagger UI and the actuator.
            "DocsTest.java",
            // Only lets a shell say what it would call.
            "ShellCalls.java",
            // Runs the script that users run.
            "scenario/ExampleTest.java",
            // Names these words.
            "contract/BesidesTest.java");

    @ParameterizedTest
    @CsvSource({
        "POST, /openapi.yaml, 405",
        "DELETE, /docs/index.html, 405",
        "GET, /docs/nothing.js, 404",
        "GET, /v3/api-docs, 404",
        "GET, /swagger-ui.html, 404",
        "GET, /actuator, 404",
        "GET, /actuator/env, 404",
        "POST, /actuator/info, 405",
        "GET, /, 404"
    })
    void whatIsServedBesidesRefusesInTheSameForm(String method, String target, int status) {
        Exchanged answer = http.send(method, target, "");
        String code = status == 404 ? "not-found" : "method-not-allowed";
        problem(status, code, answer);
        assertThat(answer.header("Allow").isEmpty()).isEqualTo(status != 405);
    }

    @Test
    void theContractIsWhatIsServed() throws IOException {
        Exchanged served = http.get("/openapi.yaml");
        assertThat(served.text()).isEqualTo(Files.readString(Path.of("openapi/vboard.yaml")));
    }

    @Test
    void everyShippedProfileIsAsTheContractSays() {
        JsonNode profiles = json(200, http.get("/api/v1/profiles")).path("items");
        assertThat(profiles.size()).isGreaterThanOrEqualTo(2);
        for (JsonNode profile : profiles) {
            String id = profile.path("id").asString();
            Exchanged exact = http.get("/api/v1/profiles/" + id);
            assertThat(json(200, exact).path("id").asString()).isEqualTo(id);
            for (JsonNode alias : profile.path("aliases")) {
                Exchanged other = http.get("/api/v1/profiles/" + alias.asString());
                assertThat(other.text()).isEqualTo(exact.text());
            }
        }
    }

    @Test
    @Timeout(60)
    void eventsToldLiveAreAsTheContractSays() {
        Exchanged told = whatIsToldLive();
        while (told.status() != 200) {
            // The board was gone before anybody listened.
            assertThat(told.status()).isEqualTo(404);
            told = whatIsToldLive();
        }
        assertThat(told.header("Content-Type")).startsWith("text/event-stream");
        assertThat(told.text().lines().filter(line -> line.equals("event: domain-suspended")))
                .hasSize(1);
        assertThat(told.text()).contains("event: board-deleted");
    }

    /** The whole life of a board as one who listens is told it; ends with the board. */
    private Exchanged whatIsToldLive() {
        set(Scene.guest());
        String events = BOARDS + "/b-1/events";
        CompletableFuture<Exchanged> live = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                live.complete(http.get(events, "Accept", "text/event-stream"));
            } catch (RuntimeException | AssertionError e) {
                live.completeExceptionally(e);
            }
        });
        json(
                200,
                http.post(
                        BOARDS + "/b-1/domains/1/vcpus/0/psci",
                        "{\"function\":\"SYSTEM_SUSPEND\",\"args\":[\"0x40080000\"]}"));
        http.delete(BOARDS + "/b-1");
        http.delete(BOARDS + "/witness");
        return live.join();
    }

    @Test
    void noTestSpeaksToTheServicePastTheCheck() throws IOException {
        Path tests = Path.of("src/test/java/dev/vboard");
        try (Stream<Path> sources = Files.walk(tests)) {
            List<String> found = sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(BesidesTest::speaksByItself)
                    .map(source -> tests.relativize(source).toString())
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(PAST_THE_CLIENT);
        }
    }

    private static boolean speaksByItself(Path source) {
        try {
            String text = Files.readString(source);
            return Stream.of("HttpClient;", "java.net.Socket;", "RestClient", "new ProcessBuilder")
                    .anyMatch(text::contains);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

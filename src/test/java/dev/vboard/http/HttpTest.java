package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/**
 * A test of the running service. All such tests share one application, so each begins and ends
 * without boards and profiles of its own, and none changes the application's settings.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class HttpTest {
    /** Where boards are. */
    protected static final String BOARDS = "/api/v1/boards";

    /** Where profiles are. */
    protected static final String PROFILES = "/api/v1/profiles";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Value("${local.server.port}")
    private int port;

    /** Makes requests. */
    protected Client http = new Client(0);

    @BeforeEach
    void connect() {
        http = new Client(port);
    }

    @AfterEach
    void removeBoardsAndProfiles() {
        JsonNode boards = json(http.get(BOARDS + "?limit=1000"));
        for (JsonNode board : boards.path("items")) {
            http.delete(BOARDS + "/" + board.path("id").asString());
        }
        JsonNode profiles = json(http.get(PROFILES + "?limit=1000"));
        for (JsonNode profile : profiles.path("items")) {
            if (!profile.path("shipped").asBoolean()) {
                http.delete(PROFILES + "/" + profile.path("id").asString());
            }
        }
    }

    /** Where the service listens. */
    protected int port() {
        return port;
    }

    /** Creates a board and answers its path. */
    protected String board(String json) {
        Exchanged created = http.post(BOARDS, json);
        assertThat(created.status()).describedAs(created.toString()).isEqualTo(201);
        return created.header("Location");
    }

    /** The answer as a document. */
    protected static JsonNode json(Exchanged exchanged) {
        return JSON.readTree(exchanged.body());
    }

    /** The answer, after having looked at its status. */
    protected static JsonNode json(int status, Exchanged exchanged) {
        assertThat(exchanged.status()).describedAs(exchanged.toString()).isEqualTo(status);
        return json(exchanged);
    }

    /** A problem of that status and code, said as the contract wants problems said. */
    protected static JsonNode problem(int status, String code, Exchanged exchanged) {
        JsonNode problem = json(status, exchanged);
        assertThat(exchanged.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + code);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(exchanged.target()).startsWith(problem.path("instance").asString());
        assertThat(exchanged.text())
                .doesNotContain("dev.vboard", "java.", "tools.jackson", "\tat ");
        return problem;
    }

    /** Pointers of a problem's violations. */
    protected static List<String> pointers(JsonNode problem) {
        return problem.path("violations")
                .valueStream()
                .map(violation -> violation.path("pointer").asString())
                .toList();
    }
}

package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the running service offers beside the boards: its contract, the page over it, its state. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class DocsTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Test
    void theContractIsServedAsItIsWritten() throws Exception {
        HttpResponse<String> answer = get("/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).isEqualTo(Files.readString(Path.of("openapi/vboard.yaml")));
    }

    @Test
    void swaggerUiShowsTheServedContractAndTellsNoOtherHost() throws Exception {
        assertThat(get("/docs").headers().firstValue("Location")).contains("/docs/index.html");
        assertThat(get("/docs/docs.js").body()).contains("../openapi.yaml", "validatorUrl: null");
        String page = get("/docs/index.html").body();
        assertThat(page).doesNotContain("//");
        Matcher reference = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page);
        int references = 0;
        while (reference.find()) {
            assertThat(get("/docs/" + reference.group(1)).statusCode()).isEqualTo(200);
            references++;
        }
        assertThat(references).isGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config",
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/openapi.json",
                "/openapi/vboard.yaml",
                "/webjars/swagger-ui/index.html",
                "/actuator",
                "/actuator/env",
                "/actuator/mappings",
                "/application.properties"
            })
    void neitherAGeneratedDocumentNorAnInnerPartIsReachable(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void theProbesAnswer(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(get(path).body()).contains("UP");
    }

    @Test
    void infoNamesTheBuildAndTheVersionOfTheContract() throws Exception {
        assertThat(get("/actuator/info").body())
                .contains("\"build\"", "\"artifact\":\"vboard\"", "\"spec\":{\"version\":\"");
    }

    @Test
    void requestDurationsAreMeasured() throws Exception {
        get("/actuator/health");
        assertThat(get("/actuator/prometheus").body()).contains("http_server_requests_seconds_");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}

package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Contract, section 9: what is wrong with a request is said in one form, precisely. */
class ErrorsTest extends HttpTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere",
        "GET, /api/v1/nothing",
        "GET, /api/v2/boards",
        "GET, /api/v1/boards/none",
        "GET, /api/v1/boards/none/cpus",
        "DELETE, /api/v1/boards/none",
        "GET, /api/v1/boards/none/",
        "GET, /error",
        "GET, /api/v1/profiles/none",
        "GET, /api/v1/profiles/%71emu",
        "GET, /problems/none"
    })
    void whatIsNotThereIsNotFound(String method, String path) {
        problem(404, "not-found", http.send(method, path, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/boards, 'DELETE, GET, POST'",
        "POST, /api/v1, GET",
        "POST, /api/v1/profiles/zcu102, 'DELETE, GET, PUT'",
        "PUT, /api/v1/boards/b, 'DELETE, GET, PATCH'",
        "GET, /api/v1/boards/b/domains/1/pause, POST"
    })
    void aWrongMethodIsToldWhichAreRight(String method, String path, String allowed) {
        Exchanged exchanged = http.send(method, path, "");
        problem(405, "method-not-allowed", exchanged);
        assertThat(exchanged.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"image/png", "text/html", "application/json;q=0", "nonsense"})
    void whatNobodyMakesIsNotAcceptable(String accept) {
        problem(406, "not-acceptable", http.get("/api/v1", "Accept", accept));
    }

    @ParameterizedTest
    @CsvSource({"application/*", "'text/html, */*;q=0.1'", "application/json;charset=utf-8", "''"})
    void whatIncludesJsonIsAcceptable(String accept) {
        json(200, http.get("/api/v1", "Accept", accept));
    }

    @Test
    void whatIsAcceptableMayBeSaidInSeveralHeaders() {
        Exchanged exchanged =
                raw("GET /api/v1 HTTP/1.1", "Accept: text/html", "Accept: application/json");
        assertThat(exchanged.status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsPackedIsRefused() {
        problem(415, "unsupported-media-type", http.post(BOARDS, "{}", "Content-Encoding", "gzip"));
        json(201, http.post(BOARDS, "{}", "Content-Encoding", "identity"));
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/xml", "application/json;charset=utf-16", "nonsense"})
    void aBodyThatIsNotDeclaredAsJsonIsRefused(String type) {
        Exchanged exchanged = http.post(BOARDS, "{}", "Content-Type", type);
        problem(415, "unsupported-media-type", exchanged);
    }

    @Test
    void aBodyOverTheLimitIsRefusedUnread() {
        String large = "{\"id\":\"" + "x".repeat(1 << 20) + "\"}";
        JsonNode problem = problem(413, "too-large", http.post(BOARDS, large));
        assertThat(problem.path("blocking").get(0).asString()).isEqualTo("bodySize");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "{\"id\":}", "hello", "{\"id\":\"a\"} ]", "{'id':'a'}", "[1,2"})
    void whatIsNoJsonIsUnreadable(String body) {
        problem(400, "unreadable-json", http.post(BOARDS, body));
    }

    static Stream<List<String>> wrongBodies() {
        return Stream.of(
                List.of("{\"iid\":\"a\"}", "/iid"),
                List.of("{\"id\":\"a\",\"id\":\"b\"}", "/id"),
                List.of("{} {}", ""),
                List.of("null", ""),
                List.of("[]", ""),
                List.of("{\"id\":null}", "/id"),
                List.of("{\"id\":5}", "/id"),
                List.of("{\"id\":\"Not-An-Id\"}", "/id"),
                List.of("{\"seed\":\"2\"}", "/seed"),
                List.of("{\"seed\":1.0}", "/seed"),
                List.of("{\"seed\":-1}", "/seed"),
                List.of("{\"seed\":18446744073709551616}", "/seed"),
                List.of("{\"seed\":1" + "0".repeat(2000) + "}", "/seed"),
                List.of("{\"powerOn\":1}", "/powerOn"),
                List.of("{\"dom0\":{\"vcpus\":0}}", "/dom0/vcpus"),
                List.of("{\"dom0\":{\"vcpus\":\"4\"}}", "/dom0/vcpus"),
                List.of("{\"dom0\":{\"guest\":\"windows\"}}", "/dom0/guest"),
                List.of("{\"xen\":{\"hazards\":[\"HZ-01\",null]}}", "/xen/hazards/1"),
                List.of("{\"xen\":{\"flavor\":\"rfc2018\"}}", "/xen/flavor"),
                List.of("{\"labels\":[]}", "/labels"),
                List.of("{\"profile\":\"zcu-102\"}", "/profile"));
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void aReadableBodyThatIsWrongIsToldWhere(List<String> bodyAndPointer) {
        JsonNode problem = problem(422, "invalid", http.post(BOARDS, bodyAndPointer.getFirst()));
        assertThat(pointers(problem)).containsExactly(bodyAndPointer.getLast());
    }

    @Test
    void nestingBeyondThirtyTwoIsRefused() {
        String deep = "{\"labels\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        problem(422, "invalid", http.post(BOARDS, deep));
    }

    @Test
    void aNearMissIsNamed() {
        JsonNode field = problem(422, "invalid", http.post(BOARDS, "{\"profil\":\"zcu102\"}"));
        assertThat(field.path("nearest").get(0).asString()).isEqualTo("profile");
        JsonNode profile = problem(422, "invalid", http.post(BOARDS, "{\"profile\":\"zcu12\"}"));
        assertThat(profile.path("nearest").get(0).asString()).isEqualTo("zcu102");
    }

    @Test
    void anUnknownParameterIsRefused() {
        JsonNode problem = problem(422, "invalid", http.get(BOARDS + "?limitt=5"));
        assertThat(pointers(problem)).containsExactly("?limitt");
        assertThat(problem.path("nearest").get(0).asString()).isEqualTo("limit");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0",
        "?limit=1001",
        "?limit=x",
        "?limit=1&limit=2",
        "?cursor=%21",
        "?cursor=YQ",
        "?state=ASLEEP",
        "?label=soc",
        "?label=%zz"
    })
    void aWrongParameterIsRefused(String query) {
        Exchanged exchanged = raw("GET " + BOARDS + query + " HTTP/1.1");
        assertThat(exchanged.status()).isIn(400, 422);
        assertThat(exchanged.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/boards/{b} HTTP/1.1",
        "GET /api/v1/boards/a%2Fb HTTP/1.1",
        "rubbish",
        "GET /api/v1\\boards HTTP/1.1"
    })
    void whatTheServerRefusesByItselfHasTheSameForm(String line) {
        Exchanged exchanged = raw(line);
        assertThat(exchanged.status()).isEqualTo(400);
        assertThat(exchanged.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(exchanged).path("type").asString()).isEqualTo("/problems/bad-request");
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET /api/v1/boards/a%2Fb HTTP/1.1, X: y",
        "405, TRACE /api/v1 HTTP/1.1, X: y",
        "417, POST /api/v1/boards HTTP/1.1, Expect: the-worst",
        "501, POST /api/v1/boards HTTP/1.1, Transfer-Encoding: smoke",
        "505, GET /api/v1 HTTP/9.9, X: y"
    })
    void whatTheServerRefusesByItselfHasItsStatusAndTheRequestsId(
            int status, String line, String header) {
        Exchanged exchanged = raw(line, header, "X-Request-Id: r-3");
        assertThat(exchanged.status()).isEqualTo(status);
        assertThat(json(exchanged).path("status").asInt()).isEqualTo(status);
        assertThat(exchanged.header("X-Request-Id")).isEqualTo("r-3");
    }

    @Test
    void aMethodThatTheServerRefusesByItselfIsToldWhichAreRight() {
        Exchanged exchanged = raw("TRACE /api/v1/boards HTTP/1.1");
        assertThat(exchanged.header("Allow")).isEqualTo("DELETE, GET, POST");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=-5, must be at least 1",
        "?limit=99999999999999999999, is too large",
        "?limit=1.0, must be an integer",
        "?limit=1001, must be within 1..1000"
    })
    void aNumberIsToldWhatIsWrongWithIt(String query, String message) {
        JsonNode problem = problem(422, "invalid", http.get(BOARDS + query));
        assertThat(problem.at("/violations/0/message").asString()).isEqualTo(message);
    }

    @Test
    void aBodyWhereNoneIsWantedHasNoFields() {
        String path = board("{}");
        JsonNode problem = problem(422, "invalid", http.post(path + "/reset", "{\"x\":1}"));
        assertThat(problem.path("detail").asString())
                .isEqualTo("/x: there is no such field; there are none");
    }

    @Test
    void aVerbIsToldWhichThereAre() {
        String path = board("{}");
        JsonNode problem = problem(404, "no-such-verb", http.post(path + "/domains/0/reusme", ""));
        assertThat(problem.path("nearest").get(0).asString()).isEqualTo("resume");
    }

    @Test
    void aProblemsTypeResolves() {
        Exchanged text = http.get("/problems/not-found", "Accept", "text/plain");
        assertThat(text.text()).startsWith("not-found (404)\n");
        Exchanged page = http.get("/problems/not-found", "Accept", "text/html,*/*;q=0.8");
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void aRequestsIdIsEchoedOrMadeUp() {
        assertThat(http.get("/api/v1", "X-Request-Id", "r-1").header("X-Request-Id"))
                .isEqualTo("r-1");
        assertThat(http.get("/api/v1").header("X-Request-Id")).hasSize(16);
        assertThat(http.get("/api/v1", "X-Request-Id", "x".repeat(129)).header("X-Request-Id"))
                .hasSize(16);
        assertThat(http.get("/nowhere", "X-Request-Id", "r-2").header("X-Request-Id"))
                .isEqualTo("r-2");
    }

    /** What no decent client sends. */
    private Exchanged raw(String line, String... more) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            String headers = String.join("\r\n", more) + (more.length == 0 ? "" : "\r\n");
            String request =
                    line + "\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            Map<String, List<String>> answered = parts[0].lines()
                    .skip(1)
                    .map(header -> header.split(": ", 2))
                    .collect(Collectors.toMap(h -> h[0], h -> List.of(h[1]), (a, b) -> b));
            return new Exchanged(
                    "GET",
                    line,
                    Map.of(),
                    new byte[0],
                    Integer.parseInt(parts[0].substring(9, 12)),
                    answered,
                    parts[1].getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

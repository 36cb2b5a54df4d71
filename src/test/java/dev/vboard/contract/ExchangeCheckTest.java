package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.http.Client;
import dev.vboard.http.Exchanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Issue 2, deliverable 6 (c): what an exchange must not be is found. */
class ExchangeCheckTest {
    private static final ContractFile FILE = ContractFile.asWritten();
    private static final ExchangeCheck CHECK = new ExchangeCheck(FILE);
    private static final String BOARD = """
            {"id":"b","profile":"zcu102","flavour":"none","state":"RUNNING","nowNs":5,"revision":0,
            "cpus":{"online":1,"total":4},"domains":{"RUNNING":1},"lastWake":null,"labels":{},
            "createdAt":"2026-11-21T12:00:00Z"}""";
    private static final String PROBLEM = """
            {"type":"/problems/not-found","title":"Not found","status":404,"detail":"none",
            "instance":"/x","code":"not-found"}""";

    @Test
    void everyExchangeOfTheSuiteIsChecked() {
        assertThat(Client.LISTENERS).hasAtLeastOneElementOfType(ExchangeCheck.class);
    }

    @Test
    void whatTheContractSaysPasses() {
        assertThat(CHECK.differences(board(200, BOARD))).isEmpty();
        assertThat(CHECK.differences(refused(404, PROBLEM))).isEmpty();
        assertThat(CHECK.differences(post("{\"id\":\"b\"}", 201, BOARD))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"id\":\"b\",' | '' | required property 'id' not found",
                "'\"total\":4' | '\"total\":4,\"more\":1' | property 'more' is not defined",
                "'\"id\":\"b\"' | '\"more\":1,\"id\":\"b\"' | property 'more' is not defined",
                "RUNNING\" | WALKING\" | does not have a value in the enumeration",
                "'\"nowNs\":5' | '\"nowNs\":null' | null found",
                "'\"nowNs\":5' | '\"nowNs\":-5' | must have a minimum value",
                "'\"nowNs\":5' | '\"nowNs\":5.5' | number found",
                "'\"nowNs\":5' | '\"nowNs\":\"5\"' | string found",
                "'\"id\":\"b\"' | '\"id\":\"B\"' | does not match the regex pattern",
                "'\"RUNNING\":1' | '\"GOING\":1' | property 'GOING' name is not valid",
                "'\"labels\":{}' | '\"labels\":{\"a\":1}' | integer found",
                "'\"lastWake\":null' | '\"lastWake\":{\"kind\":\"spi\"}' | property 'intid' not",
                "2026-11-21 | yesterday | does not match the date-time pattern"
            })
    void aWrongAnswerIsFound(String part, String instead, String found) {
        String body = BOARD.replaceFirst(java.util.regex.Pattern.quote(part), instead);
        assertThat(body).isNotEqualTo(BOARD);
        assertThat(CHECK.differences(board(200, body)))
                .anySatisfy(text -> assertThat(text).contains(found));
    }

    @Test
    void aStatusThatIsNotListedIsFound() {
        assertThat(CHECK.differences(board(202, BOARD)))
                .anySatisfy(text -> assertThat(text).contains("status 202 not defined"));
    }

    @Test
    void anAnswerWithoutItsHeadersOrWithOthersIsFound() {
        assertThat(CHECK.differences(exchange("GET", "/b", "", 200, BOARD, "X-Request-Id: r")))
                .containsExactlyInAnyOrder("header ETag is missing", "the body has no type");
        assertThat(CHECK.differences(exchange(
                        "GET",
                        "/b",
                        "",
                        200,
                        BOARD,
                        "X-Request-Id: r",
                        "ETag: \"0\"",
                        "Content-Type: application/json",
                        "Location: /c")))
                .containsExactly("header Location is not listed");
    }

    @Test
    void anAnswerWithoutItsRevisionOrWithAnotherIsFound() {
        String stale = BOARD.replace("\"revision\":0", "\"revision\":1");
        assertThat(CHECK.differences(board(200, stale)))
                .containsExactly("the revision is not that of the tag \"0\"");
        String cpu = """
                {"id":1,"mpidr":"0x1","core":"cortex-a53","cluster":0,"power":"ON","xenState":null,
                "online":true,"exceptionLevel":2,"mmuEnabled":true,"irqMasked":true,
                "irqPending":false,"running":null,"registers":{},"revision":0}""";
        assertThat(CHECK.differences(exchange(
                        "PUT",
                        "/b/cpus/1",
                        "{\"irqMasked\":true}",
                        200,
                        cpu,
                        "X-Request-Id: r",
                        "ETag: \"0\"",
                        "Content-Type: application/json")))
                .containsExactly("revision or nowNs is missing");
    }

    @Test
    void aFailureOfTheServiceIsFoundButNotAQuarantinedBoard() {
        String failure = PROBLEM.replace("not-found", "internal-error");
        assertThat(CHECK.differences(refused(500, failure))).containsExactly("the service failed");
        String quarantined = PROBLEM.replace("not-found", "quarantined");
        assertThat(CHECK.differences(refused(500, quarantined))).isEmpty();
    }

    @Test
    void anAnswerOfAnotherTypeIsFound() {
        Exchanged text = exchange(
                "GET",
                "/b",
                "",
                200,
                BOARD,
                "X-Request-Id: r",
                "ETag: \"0\"",
                "Content-Type: text/plain");
        assertThat(CHECK.differences(text)).hasSize(1);
    }

    @Test
    void aProblemThatSaysTooLittleIsFound() {
        assertThat(CHECK.differences(refused(412, PROBLEM)))
                .containsExactly("the problem has another status");
        assertThat(CHECK.differences(refused(404, PROBLEM.replace("\"not-found\"", "\"lost\""))))
                .containsExactly("the problem's code is not that of its type");
        String invalid = PROBLEM.replace("not-found", "invalid").replace("404", "422");
        assertThat(CHECK.differences(refused(422, invalid)))
                .containsExactly("the problem does not say where it is");
        String conflict = PROBLEM.replace("not-found", "board-off").replace("404", "409");
        assertThat(CHECK.differences(exchange(
                        "PATCH",
                        "/b",
                        "{\"labels\":{}}",
                        409,
                        conflict,
                        "X-Request-Id: r",
                        "Content-Type: application/problem+json")))
                .containsExactly("the conflict does not say what blocks it");
    }

    @Test
    void aProblemThatIsNoneIsFound() {
        String bare = PROBLEM.replace("\"title\":\"Not found\",", "");
        assertThat(CHECK.differences(refused(404, bare))).isNotEmpty();
        assertThat(CHECK.differences(exchange(
                        "PUT",
                        "/b",
                        "",
                        405,
                        bare,
                        "X-Request-Id: r",
                        "Content-Type: application/problem+json")))
                .isNotEmpty();
        assertThat(CHECK.differences(exchange(
                        "GET",
                        "/b/nothing",
                        "",
                        404,
                        bare,
                        "X-Request-Id: r",
                        "Content-Type: application/problem+json")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"idd\":\"b\"}'",
                "'{\"id\":null}'",
                "'{\"id\":\"B\"}'",
                "'{\"seed\":-1}'",
                "'{\"labels\":{\"-\":\"\"}}'",
                "'[]'"
            })
    void aWrongRequestThatWasTakenIsFound(String body) {
        assertThat(CHECK.differences(post(body, 201, BOARD))).isNotEmpty();
    }

    @Test
    void aParameterThatIsNotListedAndWasTakenIsFound() {
        Exchanged taken = exchange(
                "GET",
                "/b?more=1",
                "",
                200,
                BOARD,
                "X-Request-Id: r",
                "ETag: \"0\"",
                "Content-Type: application/json");
        assertThat(CHECK.differences(taken))
                .anySatisfy(text -> assertThat(text).contains("'more' is unexpected"));
    }

    @Test
    void aFileThatSaysSomethingElseIsFound() {
        ExchangeCheck other = new ExchangeCheck(FILE.with(root ->
                ((ObjectNode) root.at("/components/schemas/Board/properties")).remove("flavour")));
        assertThat(other.differences(board(200, BOARD)))
                .anySatisfy(text -> assertThat(text).contains("'flavour' is not defined"));
    }

    @Test
    void whatIsFoundFailsTheTestThatMadeTheExchange() {
        assertThatThrownBy(() -> CHECK.exchanged(board(200, "{}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("required property 'id' not found");
    }

    private static Exchanged board(int status, String body) {
        return exchange(
                "GET",
                "/b",
                "",
                status,
                body,
                "X-Request-Id: r",
                "ETag: \"0\"",
                "Content-Type: application/json");
    }

    private static Exchanged refused(int status, String body) {
        return exchange(
                "GET",
                "/b",
                "",
                status,
                body,
                "X-Request-Id: r",
                "Content-Type: application/problem+json");
    }

    private static Exchanged post(String request, int status, String body) {
        return exchange(
                "POST",
                "",
                request,
                status,
                body,
                "X-Request-Id: r",
                "ETag: \"0\"",
                "Location: /api/v1/boards/b",
                "Content-Type: application/json");
    }

    private static Exchanged exchange(
            String method,
            String below,
            String request,
            int status,
            String body,
            String... headers) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String header : headers) {
            String[] parts = header.split(": ");
            all.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        }
        Map<String, String> sent =
                request.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
        return new Exchanged(
                method,
                "/api/v1/boards" + below,
                sent,
                request.getBytes(StandardCharsets.UTF_8),
                status,
                all,
                body.getBytes(StandardCharsets.UTF_8));
    }
}

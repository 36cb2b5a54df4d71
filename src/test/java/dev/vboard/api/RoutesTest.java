package dev.vboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.contract.ContractFile;
import dev.vboard.contract.Operation;
import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The table of calls and the contract say the same of each call, besides that it is there. */
class RoutesTest extends HttpTest {
    private static final ContractFile FILE = ContractFile.asWritten();

    @Autowired
    private List<Routes> routes = List.of();

    @Test
    void eachCallIsAsTheFileDescribesIt() {
        assertThat(differences(FILE)).isEmpty();
    }

    @Test
    void eachDifferenceIsFound() {
        ContractFile file = FILE.with(root -> {
            ObjectNode create = at(root, "/paths/~1api~1v1~1boards/post");
            create.set("requestBody", at(root, "/paths/~1api~1v1~1boards:bulk/post/requestBody"));
            at(root, "/paths/~1api~1v1~1boards:bulk/post/responses").remove("415");
            at(root, "/components/parameters/Limit").put("name", "most");
            at(root, "/paths/~1problems~1{code}/get/responses/200/content").remove("text/html");
            at(root, "/paths/~1api~1v1~1boards~1{board}~1clock/get").remove("parameters");
        });
        assertThat(differences(file))
                .contains(
                        "POST /api/v1/boards: takes BoardCreate, not BulkCreate",
                        "POST /api/v1/boards: its body may be left out",
                        "POST /api/v1/boards:bulk: does not list 415",
                        "GET /api/v1/profiles: takes the parameters [cursor, limit]",
                        "GET /problems/{code}: answers with [text/plain, text/html]",
                        "GET /api/v1/boards/{board}/clock: takes the headers"
                                + " [If-Match, If-None-Match]");
    }

    private List<String> differences(ContractFile file) {
        List<String> found = new ArrayList<>();
        for (Route route : routes.getFirst().all()) {
            String name = route.method() + " " + route.path();
            Operation operation = file.operations().stream()
                    .filter(one -> one.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in the file"));
            Stream.of(
                            body(route, operation),
                            parameters(route, operation, file),
                            headers(route, operation, file),
                            mediaTypes(route, operation),
                            statuses(route, operation))
                    .flatMap(List::stream)
                    .forEach(difference -> found.add(name + ": " + difference));
        }
        return found;
    }

    private static List<String> body(Route route, Operation operation) {
        List<String> found = new ArrayList<>();
        String written = ContractFile.reference(operation.requestSchema());
        String taken = route.body() == Call.NoBody.class ? "" : route.body().getSimpleName();
        boolean document = route.body() == Call.RawDocument.class && !written.isEmpty();
        if (!written.equals(taken) && !document) {
            found.add("takes " + taken + ", not " + written);
        }
        if (operation.node().at("/requestBody/required").asBoolean(false) != route.bodyNeeded()) {
            found.add("its body " + (route.bodyNeeded() ? "is needed" : "may be left out"));
        }
        return found;
    }

    private static List<String> parameters(Route route, Operation operation, ContractFile file) {
        SortedSet<String> written = names(operation, file, "query");
        List<String> found = new ArrayList<>();
        if (!written.equals(route.parameters())) {
            found.add("takes the parameters " + route.parameters());
        }
        if (!names(operation, file, "path").equals(new TreeSet<>(route.variables()))) {
            found.add("has the variables " + route.variables());
        }
        return found;
    }

    private static List<String> headers(Route route, Operation operation, ContractFile file) {
        SortedSet<String> taken = new TreeSet<>();
        boolean profile = route.variables().contains("profile");
        if (route.onBoard() || route.variables().contains("board") || profile) {
            taken.add("If-Match");
        }
        // Whoever puts a profile may ask that there be none yet.
        if (route.onBoard() && route.reads() || profile) {
            taken.add("If-None-Match");
        }
        if (route.method().equals("POST")) {
            taken.add("Idempotency-Key");
        }
        SortedSet<String> written = names(operation, file, "header");
        written.removeAll(Set.of("X-Request-Id", "Last-Event-ID"));
        return written.equals(taken) ? List.of() : List.of("takes the headers " + taken);
    }

    private static List<String> mediaTypes(Route route, Operation operation) {
        List<String> written = operation.responses().headMap(300).values().stream()
                .flatMap(success -> success.path("content").propertyNames().stream())
                .distinct()
                .toList();
        boolean same = written.isEmpty() || written.equals(route.produces());
        return same ? List.of() : List.of("answers with " + route.produces());
    }

    /** What may go wrong with any call of its sort. */
    private static List<String> statuses(Route route, Operation operation) {
        SortedSet<Integer> possible = new TreeSet<>(List.of(406, 422));
        if (!route.reads() && !route.method().equals("DELETE")) {
            possible.addAll(List.of(400, 413, 415));
        }
        if (route.onBoard() || route.variables().contains("board")) {
            possible.addAll(List.of(404, 412));
        }
        if (route.onBoard() && route.reads()) {
            possible.add(304);
        }
        return possible.stream()
                .filter(status -> !operation.responses().containsKey(status))
                .map(status -> "does not list " + status)
                .toList();
    }

    private static SortedSet<String> names(Operation operation, ContractFile file, String place) {
        SortedSet<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.parameters(file)) {
            if (parameter.path("in").asString().equals(place)) {
                names.add(parameter.path("name").asString());
            }
        }
        return names;
    }

    private static ObjectNode at(ObjectNode root, String pointer) {
        return (ObjectNode) root.at(pointer);
    }
}

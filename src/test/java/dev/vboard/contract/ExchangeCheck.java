package dev.vboard.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;

import dev.vboard.http.ExchangeListener;
import dev.vboard.http.Exchanged;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds every exchange of the suite against the contract: the answer always, the request unless it
 * was answered as a wrong one. It is a service of the test class path, so no test mentions it.
 */
public final class ExchangeCheck implements ExchangeListener {
    /** Served beside the contract. */
    private static final List<String> OUTSIDE =
            List.of("/openapi.yaml", "/docs", "/actuator/", "/error");

    /** What any operation may answer and none lists. */
    private static final Set<Integer> ANYWHERE = Set.of(405, 500, 503);

    /** Some operation and a status for which a problem is the answer. */
    private static final String SOME_PATH = "/api/v1/profiles/{profile}";

    private static final int SOME_STATUS = 404;

    private final ContractFile file;
    private final OpenApiInteractionValidator validator;

    /** Checks against the file as it is written. */
    public ExchangeCheck() {
        this(ContractFile.asWritten());
    }

    ExchangeCheck(ContractFile file) {
        this.file = file;
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(
                        readable(file).json())
                .withLevelResolver(LevelResolver.create()
                        .withLevel(
                                "validation.request.parameter.query.unexpected",
                                ValidationReport.Level.ERROR)
                        .build())
                .build();
    }

    /** The validator cannot read a list in a query, only each of its values. */
    private static ContractFile readable(ContractFile file) {
        return file.with(root -> root.path("paths")
                .forEach(item -> item.forEach(operation ->
                        operation.path("parameters").forEach(ExchangeCheck::eachValue))));
    }

    private static void eachValue(JsonNode parameter) {
        if (parameter.at("/schema/type").asString("").equals("array")) {
            ((ObjectNode) parameter).set("schema", parameter.at("/schema/items"));
        }
    }

    @Override
    public void exchanged(Exchanged exchanged) {
        List<String> wrong = differences(exchanged);
        find(exchanged).ifPresent(operation -> Coverage.add(operation, exchanged.status()));
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    exchanged + "\nis not as the contract says:\n" + String.join("\n", wrong));
        }
    }

    /** What the contract does not say of this exchange. */
    List<String> differences(Exchanged exchanged) {
        if (OUTSIDE.stream().anyMatch(exchanged.target()::startsWith)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        Optional<Operation> operation = find(exchanged);
        if (operation.isEmpty() || ANYWHERE.contains(exchanged.status())) {
            unlisted(exchanged, operation.isPresent(), found);
            return found;
        }
        String path = path(exchanged);
        Method method = Method.valueOf(operation.get().method());
        if (!exchanged.method().equals("HEAD")) {
            add(validator.validateResponse(path, method, response(exchanged)), found);
        }
        if (exchanged.status() < 400) {
            query(exchanged)
                    .forEach(query -> add(
                            validator.validateRequest(request(exchanged, method, query)), found));
            if (exchanged.requestBody().length == 0) {
                // It asks for the type of a body that may be left out, and is.
                found.removeIf(text -> text.startsWith("Request Content-Type header '[]'"));
            }
        }
        headers(operation.get(), exchanged, found);
        revision(operation.get(), exchanged, found);
        problem(exchanged, found);
        return found;
    }

    private Optional<Operation> find(Exchanged exchanged) {
        String method = exchanged.method().equals("HEAD") ? "GET" : exchanged.method();
        return file.find(method, path(exchanged));
    }

    /** A problem, with a status that says that the fault is nobody's or the address's. */
    private void unlisted(Exchanged exchanged, boolean known, List<String> found) {
        boolean may = known || Set.of(400, 404, 405).contains(exchanged.status());
        if (!may) {
            found.add("status " + exchanged.status() + " at no operation");
        }
        boolean quarantined = exchanged.text().contains("\"code\":\"quarantined\"");
        if (exchanged.status() == 500 && !quarantined) {
            found.add("the service failed");
        }
        SimpleResponse.Builder problem = SimpleResponse.Builder.status(SOME_STATUS)
                .withBody(exchanged.text())
                .withHeader("Content-Type", exchanged.header("Content-Type"));
        if (!exchanged.method().equals("HEAD")) {
            add(validator.validateResponse(SOME_PATH, Method.GET, problem.build()), found);
        }
    }

    private void headers(Operation operation, Exchanged exchanged, List<String> found) {
        JsonNode response = operation.responses().get(exchanged.status());
        if (response == null) {
            return;
        }
        JsonNode listed = file.resolve(response).path("headers");
        for (String header : List.of(
                "ETag", "Location", "X-Request-Id", "Retry-After", "Idempotency-Replayed")) {
            boolean there = !exchanged.header(header).isEmpty();
            boolean sometimes = header.equals("Idempotency-Replayed") || isLive(exchanged);
            if (there && !listed.has(header)) {
                found.add("header " + header + " is not listed");
            } else if (!there && listed.has(header) && !sometimes) {
                found.add("header " + header + " is missing");
            }
        }
        if (exchanged.body().length > 0 && exchanged.header("Content-Type").isEmpty()) {
            found.add("the body has no type");
        }
    }

    /** The tag is the revision, and who changed a board is told its revision and time. */
    private static void revision(Operation operation, Exchanged exchanged, List<String> found) {
        String type = exchanged.header("Content-Type");
        if (exchanged.status() >= 300 || !type.equals("application/json")) {
            return;
        }
        JsonNode body = JsonMapper.shared().readTree(exchanged.body());
        String tag = exchanged.header("ETag");
        if (body.has("revision") && !tag.equals("\"" + body.path("revision").asLong() + "\"")) {
            found.add("the revision is not that of the tag " + tag);
        }
        boolean changed = !operation.method().equals("GET")
                && operation.path().contains("{board}")
                && body.isObject()
                && !body.has("boards");
        if (changed && !(body.has("revision") && body.has("nowNs"))) {
            found.add("revision or nowNs is missing");
        }
    }

    /** A problem says of itself what the answer does, a conflict what blocks it. */
    private static void problem(Exchanged exchanged, List<String> found) {
        if (!exchanged.header("Content-Type").equals("application/problem+json")
                || exchanged.body().length == 0) {
            return;
        }
        JsonNode body = JsonMapper.shared().readTree(exchanged.body());
        if (body.path("status").asInt() != exchanged.status()) {
            found.add("the problem has another status");
        }
        if (!body.path("type")
                .asString()
                .equals("/problems/" + body.path("code").asString(""))) {
            found.add("the problem's code is not that of its type");
        }
        if (exchanged.status() == 409 && body.path("blocking").isEmpty()) {
            found.add("the conflict does not say what blocks it");
        }
        if (body.path("code").asString().equals("invalid")
                && body.path("violations").isEmpty()) {
            found.add("the problem does not say where it is");
        }
    }

    private static String path(Exchanged exchanged) {
        String target = exchanged.target();
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private static SimpleResponse response(Exchanged exchanged) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(exchanged.status());
        if (isLive(exchanged)) {
            return response.withHeader("Content-Type", "application/json")
                    .withBody(page(exchanged.text()))
                    .build();
        }
        exchanged.headers().forEach(response::withHeader);
        return exchanged.body().length == 0
                ? response.build()
                : response.withBody(exchanged.text()).build();
    }

    private static boolean isLive(Exchanged exchanged) {
        return exchanged.header("Content-Type").startsWith("text/event-stream");
    }

    /** Events told live, as the list of the same address would have them. */
    private static String page(String live) {
        return live.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .collect(Collectors.joining(",", "{\"next\":null,\"items\":[", "]}"));
    }

    private static SimpleRequest request(
            Exchanged exchanged, Method method, Map<String, String> query) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(method, path(exchanged), true);
        exchanged.requestHeaders().forEach(request::withHeader);
        if (exchanged.requestBody().length > 0) {
            request.withBody(new String(exchanged.requestBody(), StandardCharsets.UTF_8));
        }
        query.forEach(request::withQueryParam);
        return request.build();
    }

    /** The query; as several ones when a parameter is given several times. */
    private static List<Map<String, String>> query(Exchanged exchanged) {
        List<Map<String, String>> queries = new ArrayList<>(List.of(new TreeMap<>()));
        int question = exchanged.target().indexOf('?');
        if (question < 0) {
            return queries;
        }
        for (String pair : exchanged.target().substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Map<String, String> last = queries.getLast();
            if (last.containsKey(name)) {
                last = new TreeMap<>(last);
                queries.add(last);
            }
            last.put(name, decoded(equals < 0 ? "" : pair.substring(equals + 1)));
        }
        return queries;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void add(ValidationReport report, List<String> found) {
        for (ValidationReport.Message message : report.getMessages()) {
            if (message.getLevel() == ValidationReport.Level.ERROR) {
                String where = message.getContext()
                        .flatMap(ValidationReport.MessageContext::getPointers)
                        .map(ValidationReport.MessageContext.Pointers::getInstance)
                        .orElse("");
                found.add((where + " " + message.getMessage()).strip());
            }
        }
    }
}

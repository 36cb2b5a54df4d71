package dev.vboard.contract;

import dev.vboard.http.Client;
import dev.vboard.http.Exchanged;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * A request that may be made.
 *
 * @param headers names and values in turn
 */
record Attempt(String method, String target, String body, List<String> headers) {

    /** An operation as its example has it. */
    static Attempt of(ContractFile file, Operation operation, Scene scene, String example) {
        String target = operation.path();
        for (JsonNode parameter : operation.parameters(file)) {
            String name = parameter.path("name").asString();
            String value = parameter.path("example").asString("");
            if (parameter.path("in").asString().equals("path")) {
                String there = scene.variables().getOrDefault(name, value);
                target = target.replace("{" + name + "}", there);
            } else if (parameter.path("in").asString().equals("query")
                    && parameter.path("required").asBoolean(false)) {
                target += "?" + name + "=" + parameter.path("example").path(0).asString();
            }
        }
        JsonNode body = operation.examples().get(example);
        return new Attempt(
                operation.method(), target, body == null ? "" : body.toString(), List.of());
    }

    Attempt with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new Attempt(method, target, body, List.copyOf(more));
    }

    Attempt saying(String otherBody) {
        return new Attempt(method, target, otherBody, headers);
    }

    Attempt at(String otherTarget) {
        return new Attempt(method, otherTarget, body, headers);
    }

    /** With one more parameter in the query. */
    Attempt asking(String parameter) {
        return at(target + (target.contains("?") ? "&" : "?") + parameter);
    }

    Exchanged make(Client client) {
        return client.send(method, target, body, headers.toArray(String[]::new));
    }
}

package dev.vboard.contract;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One operation of the contract.
 *
 * @param method in capitals
 * @param path with its variables
 * @param item the path's node, for what is common to its methods
 * @param node the operation's own
 */
public record Operation(String method, String path, JsonNode item, JsonNode node) {

    /** Its name. */
    public String id() {
        return node.path("operationId").asString();
    }

    /** Whether a path is one of this operation's. */
    public boolean takes(String target) {
        String[] mine = path.split("/", -1);
        String[] others = target.split("/", -1);
        if (mine.length != others.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            boolean fits =
                    mine[i].startsWith("{") ? !others[i].isEmpty() : mine[i].equals(others[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** How many variables its path has. */
    public int variables() {
        return path.length() - path.replace("{", "").length();
    }

    /** The statuses it lists with their responses, not resolved. */
    public SortedMap<Integer, JsonNode> responses() {
        SortedMap<Integer, JsonNode> responses = new TreeMap<>();
        node.path("responses")
                .forEachEntry(
                        (status, response) -> responses.put(Integer.valueOf(status), response));
        return responses;
    }

    /** The parameters of the path and its own, resolved. */
    public List<JsonNode> parameters(ContractFile file) {
        List<JsonNode> parameters = new ArrayList<>();
        item.path("parameters").forEach(parameter -> parameters.add(file.resolve(parameter)));
        node.path("parameters").forEach(parameter -> parameters.add(file.resolve(parameter)));
        return parameters;
    }

    /** The schema of its JSON body; missing when it takes none. */
    public JsonNode requestSchema() {
        return node.at("/requestBody/content").path("application/json").path("schema");
    }

    /** Its examples of a JSON body by their names; the only one has none. */
    public SortedMap<String, JsonNode> examples() {
        JsonNode content = node.at("/requestBody/content").path("application/json");
        SortedMap<String, JsonNode> examples = new TreeMap<>();
        if (content.has("example")) {
            examples.put("", content.path("example"));
        }
        content.path("examples")
                .forEachEntry((name, example) -> examples.put(name, example.path("value")));
        return examples;
    }

    /** The name of its first example; empty too when it has none. */
    public String firstExample() {
        return examples().isEmpty() ? "" : examples().firstKey();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

package dev.vboard.contract;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds schemas of objects that may have properties nobody has described. */
final class OpenObjects {
    /** Below these stand values, not schemas. */
    private static final Set<String> VALUES =
            Set.of("example", "examples", "default", "const", "enum", "properties");

    private OpenObjects() {}

    /** Where in the document such schemas stand. */
    static List<String> in(JsonNode document) {
        List<String> found = new ArrayList<>();
        look(document.path("components").path("schemas"), "", true, found);
        look(document.path("paths"), "", true, found);
        look(document.path("components").path("responses"), "", true, found);
        look(document.path("components").path("parameters"), "", true, found);
        return found;
    }

    /**
     * Looks at a node and below.
     *
     * @param names whether the node's keys are names somebody chose, not keywords
     */
    private static void look(JsonNode node, String where, boolean names, List<String> found) {
        if (!names && isObject(node) && !isClosed(node.path("additionalProperties"))) {
            found.add(where);
        }
        if (node.isArray()) {
            node.forEach(child -> look(child, where, false, found));
            return;
        }
        node.forEachEntry((key, child) -> {
            if (names || !VALUES.contains(key)) {
                look(child, where + "/" + key, false, found);
            } else if (key.equals("properties")) {
                look(child, where + "/" + key, true, found);
            }
        });
    }

    private static boolean isObject(JsonNode schema) {
        boolean named = schema.path("type").asString("").equals("object")
                || schema.path("type").valueStream().anyMatch(t -> t.asString().equals("object"));
        return named || schema.path("properties").isObject();
    }

    /** Either nothing else, or something of a certain type. */
    private static boolean isClosed(JsonNode others) {
        return others.isBoolean() && !others.asBoolean() || others.isObject() && !others.isEmpty();
    }
}

package dev.vboard.scenario;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What <code>${name}</code> stands for. In JSON, a string that is nothing else becomes the value
 * itself, so a number stays a number.
 */
final class Variables {
    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z0-9-]+)}");

    private final SortedMap<String, JsonNode> values = new TreeMap<>();

    /** The names a text refers to. */
    static SortedSet<String> namesIn(String text) {
        SortedSet<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Gives a name a value; in JSON numbers, booleans, lists and objects are what they are. */
    void set(String name, String text) {
        boolean json = text.matches("true|false|0|[1-9][0-9]{0,17}|\\[.*]|\\{.*}");
        values.put(name, json ? Json.read(text) : Json.text(text));
    }

    /** Gives a name a value. */
    void set(String name, JsonNode value) {
        values.put(name, value);
    }

    /** The text with values for names. */
    String in(String text) {
        return NAME.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(value(match.group(1)).asString()));
    }

    /** The document with values for names. */
    JsonNode in(JsonNode node) {
        if (node.isString()) {
            Matcher matcher = NAME.matcher(node.asString());
            return matcher.matches() ? value(matcher.group(1)) : Json.text(in(node.asString()));
        }
        if (node.isArray()) {
            ArrayNode array = Json.array();
            node.forEach(element -> array.add(in(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            node.properties()
                    .forEach(field -> object.set(in(field.getKey()), in(field.getValue())));
            return object;
        }
        return node;
    }

    private JsonNode value(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new BadTranscript("${" + name + "} has no value");
        }
        return value;
    }
}

package dev.vboard.contract;

import dev.vboard.api.body.BodyCheck;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Makes bodies that a schema forbids out of one that it allows, with one thing wrong in each. */
final class Mutants {
    private static final BigInteger TOO_LARGE = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final ContractFile file;
    private final List<Mutant> mutants = new ArrayList<>();

    /**
     * A body with something wrong in it.
     *
     * @param pointer where
     */
    record Mutant(String body, String pointer) {}

    /** Where a value stands. */
    private interface Place {
        /** A copy of the whole body with another value here. */
        JsonNode with(JsonNode value);
    }

    private Mutants(ContractFile file) {
        this.file = file;
    }

    /** Wrong bodies for that schema. */
    static List<Mutant> of(ContractFile file, JsonNode schema, JsonNode example) {
        Mutants mutants = new Mutants(file);
        mutants.value(schema, example, "", value -> value);
        return mutants.mutants;
    }

    /** Everything that may be wrong with one value and what is in it. */
    private void value(JsonNode reference, JsonNode value, String pointer, Place place) {
        JsonNode schema = file.resolve(reference);
        String type = schema.path("type").asString("");
        if (type.isEmpty() && !schema.has("oneOf")) {
            return;
        }
        add("null", pointer, place);
        switch (type) {
            case "object" -> object(schema, value, pointer, place);
            case "array" -> array(schema, value, pointer, place);
            case "integer" -> integer(schema, pointer, place);
            case "number" -> addAll(pointer, place, "\"1\"", "true", "{}");
            case "boolean" -> addAll(pointer, place, "\"true\"", "1", "0", "{}");
            case "string" -> text(schema, pointer, place);
            default ->
                addAll(
                        pointer,
                        place,
                        "true",
                        "{}",
                        "[]",
                        "-1",
                        "1.5",
                        "\"zzz\"",
                        TOO_LARGE.toString());
        }
    }

    private void object(JsonNode schema, JsonNode value, String pointer, Place place) {
        addAll(pointer, place, "[]", "\"zzz\"", "5");
        ObjectNode known =
                value.isObject() ? value.asObject() : JsonMapper.shared().createObjectNode();
        JsonNode properties = schema.path("properties");
        if (properties.isObject()) {
            ObjectNode more = known.deepCopy().put("zzz", 1);
            mutants.add(new Mutant(place.with(more).toString(), pointer + "/zzz"));
        }
        schema.path("required").forEach(name -> {
            ObjectNode less = known.deepCopy();
            less.remove(name.asString());
            mutants.add(new Mutant(
                    place.with(less).toString(), BodyCheck.pointer(pointer, name.asString())));
        });
        properties.forEachEntry(
                (name, property) -> property(property, known, name, pointer, place));
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject() && !mayBeNull(others)) {
            known.properties().stream()
                    .limit(1)
                    .forEach(entry -> property(others, known, entry.getKey(), pointer, place));
        }
    }

    private void property(
            JsonNode schema, ObjectNode parent, String name, String pointer, Place place) {
        value(schema, parent.path(name), BodyCheck.pointer(pointer, name), value -> {
            ObjectNode changed = parent.deepCopy();
            changed.set(name, value);
            return place.with(changed);
        });
    }

    private void array(JsonNode schema, JsonNode value, String pointer, Place place) {
        addAll(pointer, place, "{}", "\"zzz\"", "5");
        if (schema.path("minItems").asInt(0) > 0) {
            add("[]", pointer, place);
        }
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        if (value.size() > 0 && most < 1000) {
            ArrayNode many = JsonMapper.shared().createArrayNode();
            for (int i = 0; i <= most; i++) {
                many.add(value.get(0));
            }
            mutants.add(new Mutant(place.with(many).toString(), pointer));
        }
        if (value.size() > 0) {
            value(schema.path("items"), value.get(0), pointer + "/0", element -> {
                ArrayNode changed = (ArrayNode) value.deepCopy();
                changed.set(0, element);
                return place.with(changed);
            });
        }
    }

    private void integer(JsonNode schema, String pointer, Place place) {
        addAll(pointer, place, "\"2\"", "1.0", "true", "{}", TOO_LARGE.toString(), "1e3");
        add("-" + TOO_LARGE, pointer, place);
        if (schema.path("minimum").isNumber()) {
            add(String.valueOf(schema.path("minimum").asLong() - 1), pointer, place);
        }
        if (schema.path("maximum").isNumber()) {
            add(String.valueOf(schema.path("maximum").asLong() + 1), pointer, place);
        }
        if (schema.has("enum")) {
            add("3", pointer, place);
        }
    }

    private void text(JsonNode schema, String pointer, Place place) {
        addAll(pointer, place, "5", "true", "{}", "[]");
        if (schema.has("enum") || schema.has("pattern")) {
            add("\"!zzz\"", pointer, place);
        }
        int most = schema.path("maxLength").asInt(0);
        if (most > 0) {
            add("\"" + "x".repeat(most + 1) + "\"", pointer, place);
        }
        if (schema.path("minLength").asInt(0) > 0) {
            add("\"\"", pointer, place);
        }
    }

    private void addAll(String pointer, Place place, String... values) {
        for (String value : values) {
            add(value, pointer, place);
        }
    }

    /** The value is put in as it is written here: a number keeps its form. */
    private void add(String value, String pointer, Place place) {
        String marker = "\"<here>\"";
        JsonNode marked = place.with(JsonMapper.shared().readTree(marker));
        mutants.add(new Mutant(marked.toString().replace(marker, value), pointer));
    }

    private static boolean mayBeNull(JsonNode schema) {
        return schema.path("type")
                .valueStream()
                .anyMatch(type -> type.asString().equals("null"));
    }
}

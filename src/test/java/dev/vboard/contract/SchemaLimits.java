package dev.vboard.contract;

import dev.vboard.api.body.Bounds;
import dev.vboard.api.body.Form;
import dev.vboard.api.body.Texts;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Whether a property of a request has the limits that its component is annotated with. */
final class SchemaLimits {
    /** Keywords for a value, a length, a number of elements, a number of entries. */
    private static final Map<String, List<String>> KEYWORDS = Map.of(
            "integer", List.of("minimum", "maximum"),
            "number", List.of("minimum", "maximum"),
            "string", List.of("minLength", "maxLength"),
            "array", List.of("minItems", "maxItems"),
            "object", List.of("minProperties", "maxProperties"));

    /** Numbers that a small enumeration is tried with. */
    private static final int TRIED = 200;

    private final ContractFile file;

    SchemaLimits(ContractFile file) {
        this.file = file;
    }

    /** What differs. */
    List<String> differences(RecordComponent component, JsonNode schema) {
        // What a reference names is a record or value of its own, with limits of its own.
        if (schema.has("$ref")) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        String type = schema.path("type").asString("");
        bounds(component.getAnnotation(Bounds.class), type, schema, found);
        texts(component.getAnnotation(Texts.class), schema, found);
        form(component.getAnnotation(Form.class), type, schema, found);
        return found;
    }

    private static void bounds(
            @Nullable Bounds bounds, String type, JsonNode schema, List<String> found) {
        List<String> keywords = KEYWORDS.getOrDefault(type, List.of());
        if (keywords.isEmpty() || type.equals("number")) {
            return;
        }
        Map<String, Object> expected = new TreeMap<>();
        if (bounds != null && (bounds.min() > 0 || type.equals("integer"))) {
            expected.put(keywords.getFirst(), bounds.min());
        }
        if (bounds != null && bounds.max() != Long.MAX_VALUE) {
            expected.put(keywords.getLast(), bounds.max());
        }
        Map<String, Object> written = new TreeMap<>();
        for (String keyword : keywords) {
            if (schema.has(keyword)) {
                written.put(keyword, schema.path(keyword).asLong());
            }
        }
        if (!written.equals(expected)) {
            found.add("has limits " + expected + " in the record");
        }
    }

    private void texts(@Nullable Texts texts, JsonNode schema, List<String> found) {
        JsonNode values =
                schema.has("items") ? schema.path("items") : schema.path("additionalProperties");
        if (values.has("$ref")) {
            return;
        }
        long written = values.path("maxLength").asLong(Long.MAX_VALUE);
        long expected = texts == null ? Long.MAX_VALUE : texts.max();
        if (written != expected) {
            found.add("has texts of up to " + expected + " characters in the record");
        }
    }

    private static void form(
            @Nullable Form form, String type, JsonNode schema, List<String> found) {
        if (form != null && schema.has("enum")) {
            enumerated(form.value(), type, schema, found);
            return;
        }
        JsonNode place = type.equals("object") ? schema.path("propertyNames") : schema;
        String written = place.path("pattern").asString("");
        String expected = form == null ? "" : form.value();
        boolean same = written.equals(expected)
                || written.equals("^" + expected + "$")
                || written.equals("^(?:" + expected + ")$");
        boolean values = form == null && schema.has("enum") && !type.equals("string");
        if (!same || values) {
            found.add("has form " + (expected.isEmpty() ? "none" : expected) + " in the record");
        }
    }

    private static void enumerated(String form, String type, JsonNode schema, List<String> found) {
        TreeSet<String> written = new TreeSet<>();
        schema.path("enum").forEach(value -> written.add(value.asString()));
        TreeSet<String> expected = new TreeSet<>();
        if (type.equals("integer")) {
            IntStream.range(0, TRIED)
                    .mapToObj(Integer::toString)
                    .filter(Pattern.compile(form).asMatchPredicate())
                    .forEach(expected::add);
        } else {
            expected.addAll(List.of(form.split("\\|")));
        }
        if (!Objects.equals(written, expected)) {
            found.add("is one of " + expected + " in the record");
        }
    }
}

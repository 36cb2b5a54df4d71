package dev.vboard.contract;

import dev.vboard.api.body.UntilInput;
import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Whether a schema says of a value what its Java type says. */
final class SchemaTypes {
    private static final Map<Class<?>, String> SIMPLE = Map.ofEntries(
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(OptionalInt.class, "integer"),
            Map.entry(OptionalLong.class, "integer"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(String.class, "string"));

    private final ContractFile file;

    SchemaTypes(ContractFile file) {
        this.file = file;
    }

    /** What differs; empty when nothing does. */
    String mismatch(AnnotatedType type, JsonNode schema) {
        Class<?> raw = raw(type);
        if (anything(raw) || raw == Optional.class && anything(raw(argument(type, 0)))) {
            boolean any = !schema.has("type") && !schema.has("$ref") && !schema.has("anyOf");
            return any ? "" : "may be any JSON in the record";
        }
        boolean optional =
                raw == Optional.class || raw == OptionalInt.class || raw == OptionalLong.class;
        boolean entry = type.isAnnotationPresent(Nullable.class);
        if (optional != allowsNull(schema) && !entry) {
            return optional ? "may be null in the record" : "is never null in the record";
        }
        JsonNode value = withoutNull(schema);
        if (raw == Optional.class) {
            return mismatch(argument(type, 0), value);
        }
        return raw == List.class || raw == SortedMap.class
                ? container(type, raw, file.resolve(value))
                : plain(raw, value);
    }

    private static boolean anything(Class<?> raw) {
        return raw == Object.class || raw == JsonNode.class;
    }

    private String container(AnnotatedType type, Class<?> raw, JsonNode schema) {
        boolean list = raw == List.class;
        String expected = list ? "array" : "object";
        if (!schema.path("type").asString("").equals(expected)) {
            return "is an " + expected + " in the record";
        }
        AnnotatedType element = argument(type, list ? 0 : 1);
        JsonNode of = schema.path(list ? "items" : "additionalProperties");
        if (element.isAnnotationPresent(Nullable.class) != allowsNull(of)) {
            return "its values " + (allowsNull(of) ? "are never" : "may be")
                    + " null in the record";
        }
        String mismatch = mismatch(element, of);
        return mismatch.isEmpty() ? "" : "its values: " + mismatch;
    }

    private String plain(Class<?> raw, JsonNode schema) {
        if (SIMPLE.containsKey(raw)) {
            return simple(SIMPLE.get(raw), file.resolve(schema));
        }
        if (raw.isEnum()) {
            return constants(raw, file.resolve(schema));
        }
        String name = ContractFile.reference(schema);
        if (raw.isSealed() && raw != UntilInput.class && name.isEmpty()) {
            return alternatives(raw, schema);
        }
        return name.equals(raw.getSimpleName())
                ? ""
                : "is " + raw.getSimpleName() + " in the record";
    }

    private static String simple(String expected, JsonNode schema) {
        boolean constant = expected.equals("boolean") && schema.path("const").isBoolean();
        return constant || schema.path("type").asString("").equals(expected)
                ? ""
                : "is of type " + expected + " in the record";
    }

    private static String constants(Class<?> type, JsonNode schema) {
        Set<String> expected = new TreeSet<>();
        for (Object constant : type.getEnumConstants()) {
            expected.add(constant instanceof WireName named ? named.wire() : constant.toString());
        }
        Set<String> written = new TreeSet<>();
        schema.path("enum").forEach(value -> written.add(value.asString()));
        return written.equals(expected) ? "" : "is one of " + expected + " in the record";
    }

    private static String alternatives(Class<?> type, JsonNode schema) {
        List<String> known = Arrays.stream(type.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
        JsonNode several = schema.has("oneOf") ? schema.path("oneOf") : schema.path("anyOf");
        List<String> written =
                several.valueStream().map(ContractFile::reference).toList();
        return !written.isEmpty() && known.containsAll(written) ? "" : "is one of " + known;
    }

    private boolean allowsNull(JsonNode schema) {
        JsonNode resolved = file.resolve(schema);
        return isNull(resolved)
                || resolved.path("anyOf").valueStream().anyMatch(SchemaTypes::isNull)
                || resolved.path("oneOf").valueStream().anyMatch(SchemaTypes::isNull);
    }

    private static boolean isNull(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.asString("").equals("null")
                || type.valueStream().anyMatch(one -> one.asString().equals("null"));
    }

    /** The schema of the value when there is one. */
    private static JsonNode withoutNull(JsonNode schema) {
        if (schema.path("anyOf").isArray()) {
            List<JsonNode> others = schema.path("anyOf")
                    .valueStream()
                    .filter(one -> !isNull(one))
                    .toList();
            ObjectNode several = schema.deepCopy().asObject();
            several.putArray("anyOf").addAll(others);
            return others.size() == 1 ? others.getFirst() : several;
        }
        if (!schema.path("type").isArray()) {
            return schema;
        }
        ObjectNode narrowed = schema.deepCopy().asObject();
        List<JsonNode> types = schema.path("type")
                .valueStream()
                .filter(t -> !t.asString().equals("null"))
                .toList();
        narrowed.set("type", types.size() == 1 ? types.getFirst() : schema.path("type"));
        if (narrowed.has("enum")) {
            ArrayNode constants = narrowed.putArray("enum");
            schema.path("enum").valueStream().filter(c -> !c.isNull()).forEach(constants::add);
        }
        return narrowed;
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> raw(AnnotatedType type) {
        return type instanceof AnnotatedParameterizedType parameterized
                ? (Class<?>)
                        ((java.lang.reflect.ParameterizedType) parameterized.getType()).getRawType()
                : (Class<?>) type.getType();
    }
}

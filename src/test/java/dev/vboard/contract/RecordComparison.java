package dev.vboard.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.vboard.api.body.Answer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds where records and the schemas of their names differ: in properties, in what is required, in
 * types, and for requests in limits. The rules are those of the package
 * {@code dev.vboard.api.body}.
 */
final class RecordComparison {
    /** Schemas of objects that no record stands for. */
    private static final Set<String> WITHOUT_RECORD = Set.of(
            "EventFilter",
            // The catalogue reads a profile's document, and names all that is wrong with it.
            "ProfileDocument",
            "CpuDocument",
            "GicDocument",
            "FirmwareDocument",
            "PowerDocument",
            "PowerNodeDocument",
            "HooksDocument",
            "DeviceDocument",
            "TimingDocument",
            "LimitsDocument");

    private final ContractFile file;
    private final SchemaTypes types;
    private final SchemaLimits limits;
    private final Set<String> requests;
    private final List<String> found = new ArrayList<>();

    private RecordComparison(ContractFile file) {
        this.file = file;
        types = new SchemaTypes(file);
        limits = new SchemaLimits(file);
        requests = requestSchemas(file);
    }

    /** All differences, each beginning with the schema's name. */
    static List<String> differences(ContractFile file, Collection<Class<?>> records) {
        RecordComparison comparison = new RecordComparison(file);
        Map<String, Class<?>> byName = new TreeMap<>();
        for (Class<?> type : records) {
            if (byName.put(type.getSimpleName(), type) != null) {
                comparison.found.add(type.getSimpleName() + ": two records have this name");
            }
        }
        Set<String> names = new TreeSet<>(byName.keySet());
        names.addAll(comparison.objectSchemas());
        for (String name : names) {
            comparison.compare(name, byName.get(name));
        }
        return comparison.found;
    }

    private Set<String> objectSchemas() {
        Set<String> names = new TreeSet<>();
        file.schemas().forEach((name, schema) -> {
            if (schema.path("type").asString("").equals("object")) {
                names.add(name);
            }
        });
        names.removeAll(WITHOUT_RECORD);
        return names;
    }

    private void compare(String name, @Nullable Class<?> type) {
        JsonNode schema = file.schemas().get(name);
        if (type == null) {
            found.add(name + ": no record has this name");
        } else if (schema == null) {
            found.add(name + ": no schema has this name");
        } else {
            properties(name, type, schema);
        }
    }

    private void properties(String name, Class<?> type, JsonNode schema) {
        Set<String> properties = names(schema.path("properties"));
        Set<String> required = texts(schema.path("required"));
        Set<String> shell = texts(schema.path("x-shell"));
        shell(name, shell, properties);
        for (RecordComponent component : type.getRecordComponents()) {
            String property = wireName(component);
            if (!properties.remove(property)) {
                found.add(name + ": component " + property + " is no property");
                continue;
            }
            JsonNode node = schema.path("properties").path(property);
            property(name + "." + property, component, node);
            boolean needed = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (required.remove(property) != needed) {
                found.add(name + "." + property + ": is "
                        + (needed ? "always there" : "not always there") + " in the record");
            }
        }
        properties.removeAll(shell);
        required.removeAll(shell);
        properties.forEach(
                property -> found.add(name + ": property " + property + " is no component"));
        required.forEach(
                property -> found.add(name + ": " + property + " is required and no component"));
    }

    private void property(String where, RecordComponent component, JsonNode node) {
        String mismatch = types.mismatch(component.getAnnotatedType(), node);
        if (!mismatch.isEmpty()) {
            found.add(where + ": " + mismatch);
        } else if (requests.contains(where.substring(0, where.indexOf('.')))) {
            limits.differences(component, node)
                    .forEach(difference -> found.add(where + ": " + difference));
        }
    }

    /** What the service adds is what {@link Answer} has beside the report. */
    private void shell(String name, Set<String> shell, Set<String> properties) {
        Set<String> added = new HashSet<>();
        for (RecordComponent component : Answer.class.getRecordComponents()) {
            added.add(component.getName());
        }
        added.remove("report");
        for (String property : shell) {
            if (!added.contains(property)) {
                found.add(name + ": the service does not add " + property);
            }
            if (!properties.contains(property)) {
                found.add(name + ": x-shell names " + property + ", which is no property");
            }
        }
    }

    /** Names of the schemas that request bodies are made of. */
    private static Set<String> requestSchemas(ContractFile file) {
        Set<String> names = new TreeSet<>();
        for (Operation operation : file.operations()) {
            follow(file, operation.requestSchema(), names);
        }
        return names;
    }

    private static void follow(ContractFile file, JsonNode node, Set<String> names) {
        String name = ContractFile.reference(node);
        if (!name.isEmpty() && names.add(name)) {
            follow(file, file.resolve(node), names);
        }
        node.forEach(child -> follow(file, child, names));
    }

    // A component cannot be named like a keyword; its property then is.
    private static String wireName(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }

    private static Set<String> names(JsonNode object) {
        return new TreeSet<>(object.propertyNames());
    }

    private static Set<String> texts(JsonNode array) {
        return new TreeSet<>(
                Arrays.asList(array.valueStream().map(JsonNode::asString).toArray(String[]::new)));
    }
}

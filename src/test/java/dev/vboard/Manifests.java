package dev.vboard;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rendered manifests as the typed objects of the Kubernetes API. */
final class Manifests {

    /** Where the typed objects put what they do not know. */
    private static final String UNKNOWN = "additionalProperties";

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

    private Manifests() {}

    /** Parses a stream of manifests; a kind without a type of its own is refused. */
    static List<HasMetadata> parse(String rendered) {
        KubernetesSerialization serialization = new KubernetesSerialization();
        List<HasMetadata> manifests = new ArrayList<>();
        for (String document : SEPARATOR.split(rendered, -1)) {
            if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
                HasMetadata manifest = serialization.unmarshal(document);
                if (manifest instanceof GenericKubernetesResource) {
                    throw new IllegalArgumentException("unknown kind " + manifest.getKind());
                }
                manifests.add(manifest);
            }
        }
        return manifests;
    }

    /** The paths of all fields that the API does not have. */
    static List<String> unknownFields(List<HasMetadata> manifests) {
        List<String> found = new ArrayList<>();
        for (HasMetadata manifest : manifests) {
            collect(manifest, manifest.getKind(), found);
        }
        return found;
    }

    private static void collect(Object value, String path, List<String> found) {
        switch (value) {
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), path + "/" + i, found);
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, inner) -> collect(inner, path + "/" + key, found));
            case null -> {}
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")) {
                    collectFields(value, path, found);
                }
            }
        }
    }

    private static void collectFields(Object model, String path, List<String> found) {
        for (Class<?> type = model.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !type.isEnum()) {
                    Object value = read(field, model);
                    if (field.getName().equals(UNKNOWN) && value instanceof Map<?, ?> unknown) {
                        unknown.keySet().forEach(key -> found.add(path + "/" + key));
                    } else {
                        collect(value, path + "/" + field.getName(), found);
                    }
                }
            }
        }
    }

    private static Object read(Field field, Object model) {
        try {
            field.setAccessible(true);
            return field.get(model);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }
}

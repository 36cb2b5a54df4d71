package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what in a request, and in the bodies inside it, is outside its {@link Bounds}, {@link Form}
 * or {@link Texts}.
 */
public final class BodyCheck {

    /** What there is to look at in each type; reading annotations takes longer than all else. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
    };

    private BodyCheck() {}

    /** A component of a body and its limits. */
    private record Component(
            RecordComponent record,
            String name,
            @Nullable Bounds bounds,
            @Nullable Pattern form,
            @Nullable Texts texts,
            boolean mayHoldNull) {

        static Component of(RecordComponent record) {
            Form form = record.getAnnotation(Form.class);
            return new Component(
                    record,
                    wireName(record),
                    record.getAnnotation(Bounds.class),
                    form == null ? null : Pattern.compile(form.value()),
                    record.getAnnotation(Texts.class),
                    Map.class.isAssignableFrom(record.getType()) && hasNullableValues(record));
        }

        @Nullable
        Object read(Record body) {
            try {
                return record.getAccessor().invoke(body);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Everything that is wrong, each with its JSON pointer; empty when the body is fine. */
    public static List<Violation> of(Record body) {
        List<Violation> found = new ArrayList<>(0);
        check(body, "", found);
        return found;
    }

    /** Appends a property's name to a JSON pointer (RFC 6901). */
    public static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static void check(Record body, String pointer, List<Violation> found) {
        for (Component component : COMPONENTS.get(body.getClass())) {
            Object value = component.read(body);
            if (value != null) {
                String at = pointer(pointer, component.name);
                limits(component, value, at, found);
                nested(value, at, found);
                if (value instanceof Map<?, ?> map && !component.mayHoldNull) {
                    noNulls(map, at, found);
                }
            }
        }
    }

    private static void nested(Object value, String at, List<Violation> found) {
        if (value instanceof Record inner
                && inner.getClass().getPackage() == BodyCheck.class.getPackage()) {
            check(inner, at, found);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object element = list.get(i);
                if (element == null) {
                    found.add(new Violation(at + "/" + i, "must not be null"));
                } else {
                    nested(element, at + "/" + i, found);
                }
            }
        }
    }

    private static boolean hasNullableValues(RecordComponent map) {
        AnnotatedType[] arguments = ((AnnotatedParameterizedType) map.getAnnotatedType())
                .getAnnotatedActualTypeArguments();
        return arguments[1].isAnnotationPresent(Nullable.class);
    }

    private static void noNulls(Map<?, ?> map, String at, List<Violation> found) {
        map.forEach((key, value) -> {
            String entry = pointer(at, key.toString());
            if (value == null) {
                found.add(new Violation(entry, "must not be null"));
            } else {
                nested(value, entry, found);
            }
        });
    }

    private static void limits(
            Component component, Object value, String at, List<Violation> found) {
        Bounds bounds = component.bounds;
        if (bounds != null) {
            long size = size(value);
            if (size < bounds.min() || size > bounds.max()) {
                found.add(new Violation(at, what(value) + range(bounds)));
            }
        }
        if (component.texts != null) {
            texts(component.texts.max(), value, at, found);
        }
        if (component.form != null) {
            form(component.form, value, at, found);
        }
    }

    private static void texts(int max, Object value, String at, List<Violation> found) {
        switch (value) {
            case String text
            when text.length() > max ->
                found.add(new Violation(at, "length must be at most " + max));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof String text) {
                        texts(max, text, at + "/" + i, found);
                    }
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, text) -> {
                    if (text != null) {
                        texts(max, text, pointer(at, key.toString()), found);
                    }
                });
            default -> {}
        }
    }

    private static void form(Pattern form, Object value, String at, List<Violation> found) {
        if (value instanceof Map<?, ?> map) {
            for (Object key : map.keySet()) {
                form(form, key, pointer(at, key.toString()), found);
            }
        } else if (!form.matcher(value.toString()).matches()) {
            found.add(new Violation(at, "must match " + form.pattern()));
        }
    }

    private static long size(Object value) {
        return switch (value) {
            case Number number -> number.longValue();
            case CharSequence text -> text.length();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> throw new IllegalStateException("no bounds on " + value.getClass());
        };
    }

    private static String what(Object value) {
        return switch (value) {
            case CharSequence _ -> "length must be ";
            case Collection<?> _, Map<?, ?> _ -> "number of entries must be ";
            default -> "must be ";
        };
    }

    private static String range(Bounds bounds) {
        return bounds.max() == Long.MAX_VALUE
                ? "at least " + bounds.min()
                : "within " + bounds.min() + ".." + bounds.max();
    }

    // A component cannot be named like a keyword; its property then is.
    private static String wireName(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }
}

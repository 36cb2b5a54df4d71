package dev.vboard.api;

import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Typo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The query part of an address. What nobody knows is refused, so that a typo shows. */
final class Parameters {
    private static final Parameters NONE = new Parameters(Collections.emptySortedMap());

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private final SortedMap<String, List<String>> values;

    private Parameters(SortedMap<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads {@code a=1&b=2}.
     *
     * @param known the names that may stand there
     * @param repeatable those of them that may stand there more than once
     */
    static Parameters parse(String query, SortedSet<String> known, SortedSet<String> repeatable) {
        if (query.isEmpty()) {
            return NONE;
        }
        SortedMap<String, List<String>> values = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!pair.isEmpty()) {
                values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
        }
        check(values, known, repeatable);
        return new Parameters(values);
    }

    private static void check(
            SortedMap<String, List<String>> values,
            SortedSet<String> known,
            SortedSet<String> repeatable) {
        List<Violation> wrong = new ArrayList<>();
        List<String> nearest = new ArrayList<>();
        values.forEach((name, given) -> {
            if (!known.contains(name)) {
                List<String> near = Typo.meant(name, known);
                nearest.addAll(near);
                wrong.add(new Violation("?" + name, unknown(near, known)));
            } else if (given.size() > 1 && !repeatable.contains(name)) {
                wrong.add(new Violation("?" + name, "stands there twice"));
            }
        });
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong, nearest);
        }
    }

    private static String unknown(List<String> near, SortedSet<String> known) {
        if (!near.isEmpty()) {
            return "is no parameter here; did you mean " + String.join(" or ", near) + "?";
        }
        return known.isEmpty()
                ? "is no parameter here; there are none"
                : "is no parameter here; known are " + String.join(", ", known);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("?" + text, "is not well-formed");
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        List<String> given = values.get(name);
        return given == null ? Optional.empty() : Optional.of(given.getFirst());
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** True or false, or nothing. */
    Optional<Boolean> choice(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid("?" + name, "must be true or false");
        });
    }

    boolean flag(String name) {
        return choice(name).orElse(false);
    }

    /** An integer between those, or nothing. */
    OptionalLong number(String name, long least, long greatest) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long value = Digits.parse(text.get());
        if (value < 0) {
            throw ProblemException.invalid("?" + name, noNumber(text.get(), least));
        }
        if (value < least || value > greatest) {
            String range = "must be within " + least + ".." + greatest;
            throw ProblemException.invalid("?" + name, range);
        }
        return OptionalLong.of(value);
    }

    private static String noNumber(String text, long least) {
        if (!INTEGER.matcher(text).matches()) {
            return "must be an integer";
        }
        return text.startsWith("-") ? "must be at least " + least : "is too large";
    }

    /** The number of a CPU, or nothing. */
    OptionalInt cpu() {
        OptionalLong cpu = number("cpu", 0, Integer.MAX_VALUE);
        return cpu.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) cpu.getAsLong());
    }
}

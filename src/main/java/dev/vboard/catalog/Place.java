package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A place in a document. Its getters never throw: what is wrong goes to the list of faults and a
 * stand-in is answered, so that one reading finds all faults.
 */
final class Place {
    private final JsonNode node;
    private final String pointer;
    private final List<Fault> faults;
    private final SortedSet<String> asked = new TreeSet<>();

    Place(JsonNode node, String pointer, List<Fault> faults) {
        this.node = node;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** The pointer to a field below a pointer. */
    static String below(String pointer, Object field) {
        return pointer + "/" + field.toString().replace("~", "~0").replace("/", "~1");
    }

    /** The field of that name; a field nobody asked for is a fault of {@link #nothingElse}. */
    Place at(String name) {
        asked.add(name);
        return new Place(node.path(name), below(pointer, name), faults);
    }

    /** Whether something is written here, be it null. */
    boolean present() {
        return !node.isMissingNode();
    }

    /** Whether nothing, or null, is written here. */
    boolean none() {
        return node.isMissingNode() || node.isNull();
    }

    /** Notes that something here is wrong. */
    void fault(String message) {
        faults.add(new Fault(pointer, message));
    }

    /** This place, read as an object; what is no object reads as an empty one without comment. */
    Place object() {
        if (node.isObject()) {
            return this;
        }
        fault(present() ? "must be an object" : "is required");
        return new Place(node, pointer, new ArrayList<>());
    }

    /** Notes every field of this object that was not asked for. */
    void nothingElse() {
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                if (!asked.contains(name)) {
                    String message = "is not a field here" + Typo.hint(name, asked);
                    faults.add(new Fault(below(pointer, name), message));
                }
            }
        }
    }

    /** The elements of the array here. */
    List<Place> items() {
        if (!node.isArray()) {
            fault(present() ? "must be an array" : "is required");
            return List.of();
        }
        List<Place> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new Place(node.path(i), below(pointer, i), faults));
        }
        return items;
    }

    /** The elements of the array here, none where there is no array. */
    List<Place> itemsOrNone() {
        return present() ? items() : List.of();
    }

    /** The fields of the object here as durations, by name. */
    SortedMap<String, Long> durations() {
        SortedMap<String, Long> durations = new TreeMap<>();
        if (!node.isObject()) {
            fault(present() ? "must be an object" : "is required");
            return durations;
        }
        for (String name : node.propertyNames()) {
            durations.put(name, at(name).nanos());
        }
        return durations;
    }

    /** Text that matches a pattern; {@code form} says in words what that is. */
    String text(Pattern pattern, String form) {
        if (node.isString() && pattern.matcher(node.stringValue()).matches()) {
            return node.stringValue();
        }
        refuse("must be " + form);
        return "";
    }

    /** One of a few words. */
    String oneOf(List<String> words) {
        String text = node.isString() ? node.stringValue() : "";
        if (words.contains(text)) {
            return text;
        }
        refuse("must be one of " + String.join(", ", words) + Typo.hint(text, words));
        return words.getFirst();
    }

    /** One of a few words, the first where nothing is written. */
    String oneOfOrFirst(List<String> words) {
        return present() ? oneOf(words) : words.getFirst();
    }

    /** Any text, or empty for null or nothing. */
    Optional<String> reference() {
        if (none()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            fault("must be a string or null");
        }
        return Optional.of(node.isString() ? node.stringValue() : "");
    }

    /** True or false. */
    boolean flag() {
        if (!node.isBoolean()) {
            refuse("must be true or false");
            return false;
        }
        return node.booleanValue();
    }

    /** True or false, false where nothing is written. */
    boolean flagOrFalse() {
        return present() && flag();
    }

    /** An integer within bounds. */
    int number(int least, int most) {
        return (int) wide(least, most);
    }

    /** An integer within bounds, or a default where nothing is written. */
    int numberOr(int fallback, int least, int most) {
        return present() ? number(least, most) : fallback;
    }

    /** An integer within bounds, or empty for null or nothing. */
    OptionalInt numberOrNone(int least, int most) {
        return none() ? OptionalInt.empty() : OptionalInt.of(number(least, most));
    }

    /** An integer within bounds. */
    long wide(long least, long most) {
        OptionalLong value = Values.whole(node);
        if (value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most) {
            return value.getAsLong();
        }
        refuse("must be an integer from " + least + " to " + most);
        return least;
    }

    /** A 64-bit value. */
    long u64() {
        OptionalLong value = Values.u64(node);
        if (value.isEmpty()) {
            refuse("must be a hexadecimal string or a non-negative integer of 64 bits");
        }
        return value.orElse(0);
    }

    /** A 64-bit value, zero for nothing. */
    long u64OrZero() {
        return present() ? u64() : 0;
    }

    /** A 64-bit value, or empty for null or nothing. */
    OptionalLong u64OrNone() {
        return none() ? OptionalLong.empty() : OptionalLong.of(u64());
    }

    /** A pair of 64-bit values. */
    long[] pair() {
        List<Place> items = items();
        if (items.size() != 2) {
            if (node.isArray()) {
                fault("must hold two values");
            }
            return new long[2];
        }
        return new long[] {items.get(0).u64(), items.get(1).u64()};
    }

    /** A span of time in nanoseconds. */
    long nanos() {
        OptionalLong value = Values.nanos(node);
        if (value.isEmpty()) {
            refuse("must be nanoseconds, or a string like 1.5ms");
        }
        return value.orElse(0);
    }

    /** The INTID of a PPI or an SPI. */
    int intid() {
        OptionalInt value = Values.intid(node);
        if (value.isEmpty() || value.getAsInt() < 16 || value.getAsInt() > 1019) {
            refuse("must be an INTID from 16 to 1019, or a string like spi:21");
            return 0;
        }
        return value.getAsInt();
    }

    private void refuse(String message) {
        fault(present() ? message : "is required");
    }
}

package dev.vboard;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares an answer with the one a document shows. They are equal as JSON, except where the
 * document leaves something out with {@code "..."}: as a value it stands for any value, as an
 * element of an array for any number of elements, and {@code "...": "..."} in an object for any
 * further members.
 */
final class Elided {
    private static final String LEFT_OUT = "...";

    private Elided() {}

    /** The places where the answer differs from what is shown. */
    static List<String> differences(JsonNode shown, JsonNode answer) {
        List<String> differences = new ArrayList<>();
        if (isLeftOut(shown)) {
            differences.add("everything is left out");
        }
        compare("", shown, answer, differences);
        return differences;
    }

    private static boolean isLeftOut(JsonNode shown) {
        return shown.isString() && shown.asString().equals(LEFT_OUT);
    }

    private static void compare(
            String place, JsonNode shown, JsonNode answer, List<String> differences) {
        if (isLeftOut(shown)) {
            return;
        }
        if (shown.isObject() && answer.isObject()) {
            compareMembers(place, shown, answer, differences);
        } else if (shown.isArray() && answer.isArray()) {
            if (!matches(shown, 0, answer, 0)) {
                differences.add(place + " shows " + shown + ", answers " + answer);
            }
        } else if (!shown.equals(answer)) {
            differences.add(place + " shows " + shown + ", answers " + answer);
        }
    }

    private static void compareMembers(
            String place, JsonNode shown, JsonNode answer, List<String> differences) {
        for (String name : shown.propertyNames()) {
            if (name.equals(LEFT_OUT)) {
                continue;
            }
            if (answer.has(name)) {
                compare(place + "/" + name, shown.get(name), answer.get(name), differences);
            } else {
                differences.add(place + "/" + name + " is shown, but not answered");
            }
        }
        for (String name : answer.propertyNames()) {
            if (!shown.has(name) && !shown.has(LEFT_OUT)) {
                differences.add(place + "/" + name + " is answered, but not shown");
            }
        }
    }

    /** Whether the rest of a shown array, from there on, can stand for the rest of the answer's. */
    private static boolean matches(JsonNode shown, int from, JsonNode answer, int at) {
        if (from == shown.size()) {
            return at == answer.size();
        }
        if (isLeftOut(shown.get(from))) {
            for (int next = at; next <= answer.size(); next++) {
                if (matches(shown, from + 1, answer, next)) {
                    return true;
                }
            }
            return false;
        }
        List<String> differences = new ArrayList<>();
        if (at < answer.size()) {
            compare("", shown.get(from), answer.get(at), differences);
        }
        return at < answer.size()
                && differences.isEmpty()
                && matches(shown, from + 1, answer, at + 1);
    }
}

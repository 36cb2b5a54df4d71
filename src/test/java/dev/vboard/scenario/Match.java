package dev.vboard.scenario;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares an answer with what is expected of it. An object has the expected fields and may have
 * more; an array has exactly the expected elements; anything else is the same. Words for more:
 *
 * <pre>
 * "$absent"          the field is not there
 * "$present"         the field is there and not null
 * "$in LOW HIGH"     a number, or one in hexadecimal, of that range; with s, ms, us or ns as time
 * </pre>
 */
final class Match {
    private static final String ABSENT = "$absent";
    private static final String PRESENT = "$present";
    private static final String IN = "\\$in [0-9][0-9a-zA-Z.]* [0-9][0-9a-zA-Z.]*";

    private Match() {}

    /** The first word in a document that has no meaning, or nothing. */
    static String unknownWord(JsonNode expected) {
        if (expected.isString()) {
            String text = expected.asString();
            String plain = text.replaceAll("\\$\\{[a-z0-9-]+}", "0");
            boolean word = plain.startsWith("$");
            boolean known = plain.equals(ABSENT) || plain.equals(PRESENT) || plain.matches(IN);
            return word && !known ? text : "";
        }
        for (JsonNode child : expected) {
            String unknown = unknownWord(child);
            if (!unknown.isEmpty()) {
                return unknown;
            }
        }
        return "";
    }

    /** What is different, in words; nothing when it matches. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare("", expected, actual, differences);
        return differences;
    }

    private static void compare(
            String at, JsonNode expected, JsonNode actual, List<String> differences) {
        if (isWord(expected)) {
            if (!holds(expected.asString(), actual)) {
                differences.add(at + ": expected " + expected + ", was " + shown(actual));
            }
        } else if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                String name = field.getKey();
                compare(at + "/" + name, field.getValue(), actual.path(name), differences);
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(at + "/" + i, expected.get(i), actual.get(i), differences);
            }
        } else if (!expected.equals(actual)) {
            differences.add(at + ": expected " + expected + ", was " + shown(actual));
        }
    }

    /** The expectation that the answer meets, as close to the given one as can be. */
    static JsonNode recorded(JsonNode template, Variables variables, JsonNode actual) {
        JsonNode expected = variables.in(template);
        if (differences(expected, actual).isEmpty()) {
            return template;
        }
        if (template.isObject() && actual.isObject()) {
            ObjectNode object = Json.object();
            for (Map.Entry<String, JsonNode> field : template.properties()) {
                JsonNode there = actual.path(variables.in(field.getKey()));
                object.set(field.getKey(), recorded(field.getValue(), variables, there));
            }
            return object;
        }
        if (template.isArray() && actual.isArray() && template.size() == actual.size()) {
            ArrayNode array = Json.array();
            for (int i = 0; i < template.size(); i++) {
                array.add(recorded(template.get(i), variables, actual.get(i)));
            }
            return array;
        }
        return actual.isMissingNode() ? Json.text(ABSENT) : actual;
    }

    private static boolean isWord(JsonNode expected) {
        return expected.isString() && expected.asString().startsWith("$");
    }

    private static boolean holds(String word, JsonNode actual) {
        return switch (word) {
            case ABSENT -> actual.isMissingNode();
            case PRESENT -> !actual.isMissingNode() && !actual.isNull();
            default -> {
                String[] parts = word.split(" ");
                yield actual.isValueNode() && !actual.isNull() && within(parts, actual.asString());
            }
        };
    }

    private static boolean within(String[] parts, String actual) {
        return actual.matches("[0-9]+|0x[0-9a-f]+")
                && number(parts[1]).compareTo(number(actual)) <= 0
                && number(actual).compareTo(number(parts[2])) <= 0;
    }

    private static BigInteger number(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        int digits = 0;
        while (digits < text.length() && "0123456789.".indexOf(text.charAt(digits)) >= 0) {
            digits++;
        }
        int zeros = switch (text.substring(digits)) {
            case "", "ns" -> 0;
            case "us" -> 3;
            case "ms" -> 6;
            case "s" -> 9;
            default -> throw new BadTranscript("nobody knows the unit of " + text);
        };
        return new java.math.BigDecimal(text.substring(0, digits))
                .scaleByPowerOfTen(zeros)
                .toBigIntegerExact();
    }

    private static String shown(JsonNode actual) {
        return actual.isMissingNode() ? "not there" : actual.toString();
    }
}

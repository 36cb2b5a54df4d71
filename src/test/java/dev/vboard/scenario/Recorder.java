package dev.vboard.scenario;

import dev.vboard.scenario.Transcript.Answer;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes answers that are not as expected into the transcripts instead of failing, when asked to.
 * Which fields are looked at stays as it was, so the difference can be reviewed.
 */
final class Recorder {
    private static final int WIDTH = 100;

    private final boolean on;
    private final Map<String, TreeMap<Integer, String>> byFile = new TreeMap<>();

    Recorder(boolean on) {
        this.on = on;
    }

    /** Whether the real answer was taken down. */
    boolean record(Answer expected, int status, JsonNode actual, Variables variables) {
        if (!on) {
            return false;
        }
        String text = Integer.toString(status);
        if (!expected.json().isEmpty()) {
            JsonNode template = Json.read(expected.json());
            text += " " + Match.recorded(template, variables, actual);
        }
        Place place = expected.place();
        byFile.computeIfAbsent(place.file(), _ -> new TreeMap<>()).put(place.line(), text);
        return true;
    }

    /** Names of files in which something is to change. */
    List<String> changed() {
        return List.copyOf(byFile.keySet());
    }

    /** A file with the real answers. */
    String rewritten(String file, String content) {
        TreeMap<Integer, String> answers = byFile.getOrDefault(file, new TreeMap<>());
        List<String> lines = new ArrayList<>(content.lines().toList());
        List<TextLine> all = TextLine.of(file, content);
        for (TextLine line : all.reversed()) {
            String answer = answers.get(line.place().line());
            if (answer != null) {
                int from = line.place().line() - 1;
                List<String> old = lines.subList(from, from + line.lines());
                old.clear();
                lines.addAll(from, wrapped(answer));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** In lines that fit, broken behind commas between values. */
    static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String rest = "  " + text;
        while (rest.length() > WIDTH) {
            int at = lastBreak(rest);
            if (at < 0) {
                break;
            }
            lines.add(rest.substring(0, at));
            rest = "    " + rest.substring(at);
        }
        lines.add(rest);
        return lines;
    }

    private static int lastBreak(String text) {
        boolean quoted = false;
        int last = -1;
        for (int i = 0; i < WIDTH; i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                last = i + 1;
            }
        }
        return last;
    }
}

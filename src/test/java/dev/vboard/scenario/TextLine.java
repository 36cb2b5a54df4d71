package dev.vboard.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a transcript with those that continue it. A comment begins with {@code #}; a line that
 * is indented by four belongs to the one before it.
 *
 * @param place where it begins
 * @param lines how many lines of the file it takes
 * @param indented it says something about the line before that is not
 * @param text all of it, in one line and without the indent
 */
record TextLine(Place place, int lines, boolean indented, String text) {
    private static final String INDENT = "  ";
    private static final String CONTINUED = "    ";

    static List<TextLine> of(String file, String content) {
        List<TextLine> result = new ArrayList<>();
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Place place = new Place(file, i + 1);
            if (line.startsWith(CONTINUED)) {
                throw place.wrong("nothing to continue");
            }
            StringBuilder text = new StringBuilder(line.strip());
            int taken = 1;
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith(CONTINUED)) {
                text.append(' ').append(lines.get(++i).strip());
                taken++;
            }
            boolean indented = line.startsWith(INDENT);
            if (!indented && line.startsWith(" ")) {
                throw place.wrong("an indent is two or four blanks");
            }
            result.add(new TextLine(place, taken, indented, text.toString()));
        }
        return result;
    }

    /** The first word. */
    String word() {
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }

    /** All behind the first word. */
    String rest() {
        int blank = text.indexOf(' ');
        return blank < 0 ? "" : text.substring(blank + 1).strip();
    }

    /** What is wrong with it. */
    BadTranscript wrong(String what) {
        return place.wrong(what + ": " + text);
    }
}

package dev.vboard.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between the boards that scenarios run on: a table whose first row has the names, and
 * whose first column says what a row is called.
 */
final class BoardTable {
    private final SortedSet<String> names = new TreeSet<>();
    private final Map<String, SortedMap<String, String>> rows = new LinkedHashMap<>();

    BoardTable(String file, String content) {
        List<TextLine> lines = TextLine.of(file, content);
        List<String> columns = cells(lines.getFirst());
        names.addAll(columns.subList(1, columns.size()));
        for (TextLine line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            if (cells.size() != columns.size()) {
                throw line.wrong("a row has a value for each of " + columns);
            }
            SortedMap<String, String> row = new TreeMap<>();
            for (int i = 1; i < cells.size(); i++) {
                row.put(columns.get(i), cells.get(i));
            }
            rows.put(cells.getFirst(), row);
        }
    }

    private static List<String> cells(TextLine line) {
        return new ArrayList<>(List.of(line.text().split(" +")));
    }

    /** What a row gives values. */
    SortedSet<String> names() {
        return names;
    }

    /** What the rows are called. */
    List<String> boards() {
        return List.copyOf(rows.keySet());
    }

    /** The values for a scenario on a board. */
    Variables variables(Transcript transcript, String board) {
        SortedMap<String, String> row = rows.get(board);
        if (row == null) {
            throw new BadTranscript(transcript.id() + " wants a board that is not there: " + board);
        }
        Variables variables = new Variables();
        row.forEach(variables::set);
        variables.set("flavour", transcript.flavour());
        variables.set("board", board);
        return variables;
    }
}

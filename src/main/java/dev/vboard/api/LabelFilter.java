package dev.vboard.api;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A label that boards must have. */
record LabelFilter(String key, String value) {
    /** All that the query asks for. */
    static List<LabelFilter> all(Parameters parameters) {
        List<LabelFilter> filters = new ArrayList<>();
        for (String text : parameters.all("label")) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw ProblemException.invalid("?label", "must be key=value");
            }
            filters.add(new LabelFilter(text.substring(0, equals), text.substring(equals + 1)));
        }
        return filters;
    }

    /** Whether a board with those labels has all that is asked for. */
    static boolean match(List<LabelFilter> filters, SortedMap<String, String> labels) {
        for (LabelFilter filter : filters) {
            if (!filter.value.equals(labels.get(filter.key))) {
                return false;
            }
        }
        return true;
    }
}

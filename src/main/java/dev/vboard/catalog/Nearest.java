package dev.vboard.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what someone may have meant by a name that is not there. */
public final class Nearest {
    private static final int MOST = 3;

    private Nearest() {}

    /** The names within a few typing errors, nearest first, at most three. */
    public static List<String> to(String wanted, Collection<String> names) {
        int allowed = Math.max(2, wanted.length() / 3);
        return names.stream()
                .filter(name -> distance(wanted, name) <= allowed)
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** A clause to end a message with, empty when nothing is near. */
    static String hint(String wanted, Collection<String> names) {
        List<String> near = to(wanted, names);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** How many insertions, deletions and replacements lead from one to the other. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

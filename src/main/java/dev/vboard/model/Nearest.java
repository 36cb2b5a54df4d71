package dev.vboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Valid values near a wrong one. */
public final class Nearest {
    private static final int ANSWERS = 3;

    private Nearest() {}

    /** Up to three of the candidates, the nearest first whatever the case of letters. */
    static List<String> to(String wrong, List<String> candidates) {
        List<String> sorted = new ArrayList<>(candidates);
        String low = wrong.toLowerCase(Locale.ROOT);
        sorted.sort((a, b) -> Integer.compare(
                distance(low, a.toLowerCase(Locale.ROOT)),
                distance(low, b.toLowerCase(Locale.ROOT))));
        return List.copyOf(sorted.subList(0, Math.min(ANSWERS, sorted.size())));
    }

    /** How many insertions, deletions and replacements of letters lead from one to the other. */
    public static int distance(String from, String to) {
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

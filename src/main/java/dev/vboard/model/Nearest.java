package dev.vboard.model;

import java.util.ArrayList;
import java.util.List;

/** Valid values near a wrong one. */
final class Nearest {
    private static final int ANSWERS = 3;

    private Nearest() {}

    /** Up to three of the candidates, the nearest by edit distance first. */
    static List<String> to(String wrong, List<String> candidates) {
        List<String> sorted = new ArrayList<>(candidates);
        sorted.sort((a, b) -> Integer.compare(distance(wrong, a), distance(wrong, b)));
        return List.copyOf(sorted.subList(0, Math.min(ANSWERS, sorted.size())));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                char x = Character.toLowerCase(a.charAt(i - 1));
                char y = Character.toLowerCase(b.charAt(j - 1));
                int substituted = diagonal + (x == y ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

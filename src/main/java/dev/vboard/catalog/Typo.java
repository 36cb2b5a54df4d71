package dev.vboard.catalog;

import dev.vboard.model.Nearest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what someone may have meant by a name that is not there. */
public final class Typo {
    private static final int MOST = 3;

    private Typo() {}

    /** The names within a few typing errors, nearest first, at most three. */
    public static List<String> meant(String wanted, Collection<String> names) {
        int allowed = Math.max(2, wanted.length() / 3);
        return names.stream()
                .filter(name -> Nearest.distance(wanted, name) <= allowed)
                .sorted(Comparator.<String>comparingInt(name -> Nearest.distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** A clause to end a message with, empty when nothing is near. */
    static String hint(String wanted, Collection<String> names) {
        List<String> near = meant(wanted, names);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
}

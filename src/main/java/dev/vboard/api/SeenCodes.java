package dev.vboard.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The codes that boards gave for their refusals so far, so that each type's address resolves. */
final class SeenCodes {
    private static final int MOST = 1000;
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private SeenCodes() {}

    static void note(String code) {
        if (!SEEN.contains(code) && SEEN.size() < MOST) {
            SEEN.add(code);
        }
    }

    static boolean has(String code) {
        return SEEN.contains(code);
    }
}

package dev.vboard.trace;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The words that events of all boards have in common, numbered as they turn up: names of functions,
 * steps, registers. A word that finds no place is written out in its event.
 */
final class Texts {
    /** The table of this process. */
    static final Texts SHARED = new Texts(4096);

    /** Longer texts are sentences; nobody says them twice. */
    private static final int LONGEST = 48;

    private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<String> words;
    private final AtomicInteger count = new AtomicInteger();

    Texts(int capacity) {
        words = new AtomicReferenceArray<>(capacity);
    }

    /** The word's number, or -1 when it has none. */
    int number(String word) {
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        if (word.length() > LONGEST || count.get() >= words.length()) {
            return -1;
        }
        return numbers.computeIfAbsent(word, this::place);
    }

    /** The word with that number. */
    String word(int number) {
        return words.get(number);
    }

    private int place(String word) {
        int number = count.getAndIncrement();
        if (number >= words.length()) {
            return -1;
        }
        words.set(number, word);
        return number;
    }
}

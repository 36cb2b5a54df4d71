package dev.vboard.model.core;

import java.util.function.IntFunction;

/**
 * Immutable things that are made when first asked for and then kept, by number: part of the program
 * all boards share, never state of a board. Two threads may both make one; as the two are equal,
 * either serves.
 */
public final class Memo<T> {
    private final T[] made;
    private final IntFunction<T> make;

    /**
     * An empty one.
     *
     * @param array makes an array for so many, {@code Thing[]::new}
     * @param make makes the thing of a number
     */
    public Memo(int count, IntFunction<T[]> array, IntFunction<T> make) {
        this.make = make;
        made = array.apply(count);
    }

    /** The thing of that number. */
    public T get(int number) {
        T known = made[number];
        if (known == null) {
            known = make.apply(number);
            made[number] = known;
        }
        return known;
    }
}

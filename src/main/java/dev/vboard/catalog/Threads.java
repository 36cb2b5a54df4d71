package dev.vboard.catalog;

/** Affinities of cores with threads: level 0 is the thread, so a core's fields are one level up. */
final class Threads {
    private static final long LOW_FIELDS = 0xFFFF;
    private static final long FIELD_2 = 0xFF_0000;

    private Threads() {}

    /** The fields below level 3, each one level up; level 3 is not beside level 2. */
    static long up(long fields) {
        return (fields & LOW_FIELDS) << 8 | (fields & FIELD_2) << 16;
    }

    /** The same one level down. */
    static long down(long fields) {
        return fields >>> 8 & LOW_FIELDS | fields >>> 16 & FIELD_2;
    }
}

package dev.vboard.model.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Seeded choices. */
final class Dice {
    private static final long[] WORDS = {
        0,
        1,
        2,
        0xFF,
        0x4008_0000L,
        0x4008_0001L,
        0x8000_0000L,
        0xFFFF_FFFFL,
        1L << 32,
        0xDEAD_BEEF_4008_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A number that is small most of the time and sometimes one that nobody has. */
    int index(int usual) {
        return oneIn(20) ? of(-1, usual, 31, 32, 255, 1 << 20, Integer.MIN_VALUE) : below(usual);
    }

    /** A 64-bit value, often one at an edge. */
    long word() {
        return switch (below(4)) {
            case 0 -> random.nextLong();
            case 1 -> below(1024);
            default -> WORDS[below(WORDS.length)];
        };
    }

    /** A span of virtual time, from nothing to years. */
    long nanos() {
        return switch (below(12)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> 40L * 365 * 86_400 * 1_000_000_000L;
            case 4 -> 60_000_000_000L;
            case 5 -> 1_000_000_000L;
            case 6, 7 -> below(200_000_000);
            default -> below(2_000_000);
        };
    }

    <T> Optional<T> maybe(Supplier<T> value) {
        return coin() ? Optional.of(value.get()) : Optional.empty();
    }

    OptionalInt maybeInt(Supplier<Integer> value) {
        return coin() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    OptionalLong maybeLong(Supplier<Long> value) {
        return coin() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** Up to so many. */
    <T> List<T> several(int most, Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int i = below(most + 1); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }
}

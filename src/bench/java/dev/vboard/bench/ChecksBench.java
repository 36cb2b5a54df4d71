package dev.vboard.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the checks of the invariants take of a cycle of scenario S5: the same cycle on a machine
 * with them and on one without, in turns in one JVM, so that both run the same compiled code beside
 * the same neighbours.
 */
public final class ChecksBench {
    private static final int WARM_UP = 1500;
    private static final int ROUNDS = 300;
    private static final int CYCLES = 300;

    private ChecksBench() {}

    /** Prints the medians of both and of their share, round by round. */
    public static void main(String[] arguments) {
        CountingEvents events = new CountingEvents();
        SuspendCycle checked = new SuspendCycle(Boards.machine(SuspendCycle.PROFILE), events);
        SuspendCycle unchecked = new SuspendCycle(Boards.unchecked(SuspendCycle.PROFILE), events);
        checked.check();
        unchecked.check();
        long sum = 0;
        double[] with = new double[ROUNDS];
        double[] without = new double[ROUNDS];
        double[] share = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            boolean first = round % 2 == 0;
            long start = System.nanoTime();
            sum += cycles(first ? checked : unchecked);
            long middle = System.nanoTime();
            sum += cycles(first ? unchecked : checked);
            long end = System.nanoTime();
            if (round >= 0) {
                with[round] = (first ? middle - start : end - middle) / 1e3 / CYCLES;
                without[round] = (first ? end - middle : middle - start) / 1e3 / CYCLES;
                share[round] = 100 * (with[round] - without[round]) / with[round];
            }
        }
        System.out.printf(
                Locale.ROOT,
                "checked %.1f us, unchecked %.1f us, share of the checks %.1f %% (%d)%n",
                median(with),
                median(without),
                median(share),
                sum + events.sum());
    }

    private static long cycles(SuspendCycle cycle) {
        long sum = 0;
        for (int i = 0; i < CYCLES; i++) {
            sum += cycle.run();
        }
        return sum;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

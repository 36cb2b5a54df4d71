package dev.vboard.model.core;

/** The virtual time of a board and its system counter. Only the machine moves it. */
public final class Clock {
    private static final long NANOS = 1_000_000_000L;

    private final Cell now;
    private final Cell poweredOnAt;
    private final Cell counterStoppedNanos;
    private final long counterHz;

    /**
     * Declares the clock.
     *
     * @param counterHz frequency of the system counter, 1 Hz to 10 GHz
     */
    public Clock(Layout layout, long counterHz) {
        Layout clock = layout.in(Layout.ETERNAL).named("clock");
        now = clock.cell("now", 64);
        poweredOnAt = clock.cell("powered-on-at", 64);
        counterStoppedNanos = clock.cell("counter-stopped", 64);
        this.counterHz = counterHz;
    }

    /** Nanoseconds since the board was created. */
    public long now(Board board) {
        return now.get(board);
    }

    /** Moves time forward. */
    public void advanceTo(Board board, long nanos) {
        now.set(board, nanos);
    }

    /** The moment of the last power-on, when the system counter started. */
    public long poweredOnAt(Board board) {
        return poweredOnAt.get(board);
    }

    /** Restarts the system counter. */
    public void powerOn(Board board) {
        poweredOnAt.set(board, now(board));
        counterStoppedNanos.set(board, 0);
    }

    /** Takes a span of time out of the system counter, for boards whose counter stops asleep. */
    public void stopCounterFor(Board board, long nanos) {
        counterStoppedNanos.add(board, nanos);
    }

    /** Frequency of the system counter. */
    public long counterHz() {
        return counterHz;
    }

    /** CNTPCT_EL0: ticks since power-on. */
    public long counter(Board board) {
        long nanos = now(board) - poweredOnAt(board) - counterStoppedNanos.get(board);
        long whole = nanos / NANOS * counterHz;
        return whole + nanos % NANOS * counterHz / NANOS;
    }

    /**
     * The first moment at which {@link #counter} reaches a value, or {@link Deadline#NEVER} when
     * that lies past the end of virtual time. A value already reached answers a moment in the past.
     */
    public long nanosAtCounter(Board board, long ticks) {
        long zero = poweredOnAt(board) + counterStoppedNanos.get(board);
        long seconds = Long.divideUnsigned(ticks, counterHz);
        if (Long.compareUnsigned(seconds, Long.MAX_VALUE / NANOS - 1) >= 0) {
            return Deadline.NEVER;
        }
        long rest = Long.remainderUnsigned(ticks, counterHz);
        long nanos = seconds * NANOS + (rest * NANOS + counterHz - 1) / counterHz;
        return nanos > Deadline.NEVER - 1 - zero ? Deadline.NEVER : zero + nanos;
    }
}

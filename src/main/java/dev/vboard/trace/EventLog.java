package dev.vboard.trace;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

import java.util.Arrays;

/**
 * A board's history: the last events, numbered from 1, in a few bytes each.
 *
 * <p>Events are packed into runs of {@value #RUN}. A full run never changes again, so forks share
 * it; when the limit is passed the oldest run goes as a whole. Not thread safe: whoever reads or
 * writes holds the board's lock.
 */
public final class EventLog implements Events {
    static final int RUN = 64;

    /** Runs that are kept when memory is short. */
    static final int RUNS_AT_LEAST = 4;

    private static final byte[][] NO_RUNS = {};
    private static final int TEXT_NUMBERED = 1 << 4;
    private static final int TEXT_WRITTEN = 1 << 5;
    private static final int LONGEST_TEXT = 4096;
    private static final int CONSOLE_BYTES = 1 << 16;

    private final int limit;
    private byte[][] runs;
    private final Packer tail;
    private final Consoles consoles;
    private int tailCount;
    private long lastSeq;
    private long lastNanos;

    /** Takes what is read from a log. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One event; the meaning of numbers and text is {@link EventType#fields()}.
         *
         * @return whether to go on
         */
        boolean event(
                long seq, long nanos, EventType type, long a, long b, long c, long d, String text);
    }

    /**
     * A log without events.
     *
     * @param limit how many events are kept, at least 1
     */
    public EventLog(int limit) {
        this(limit, CONSOLE_BYTES);
    }

    /**
     * A log without events.
     *
     * @param limit how many events are kept, at least 1
     * @param consoleBytes how much text of each console is kept
     */
    public EventLog(int limit, int consoleBytes) {
        this.limit = limit;
        consoles = new Consoles(consoleBytes);
        runs = NO_RUNS;
        tail = new Packer();
    }

    private EventLog(EventLog other) {
        limit = other.limit;
        consoles = other.consoles.fork();
        runs = other.runs;
        tail = other.tail.fork();
        tailCount = other.tailCount;
        lastSeq = other.lastSeq;
        lastNanos = other.lastNanos;
    }

    /** A log with the same content, to which other events are added from now on. */
    public EventLog fork() {
        return new EventLog(this);
    }

    /** What the consoles showed; longer than its events are kept. */
    public Consoles consoles() {
        return consoles;
    }

    /** Number of the newest event; 0 before the first. */
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public long nextSequence() {
        return lastSeq + 1;
    }

    /** Number of the oldest event that is kept; one past the newest when there is none. */
    public long oldestSeq() {
        return Math.max(firstPackedSeq(), lastSeq - limit + 1);
    }

    /** Memory that the events take, in bytes, without what they share with other boards' words. */
    public int bytes() {
        int bytes = tail.capacity();
        for (byte[] run : runs) {
            bytes += run.length;
        }
        return bytes;
    }

    @Override
    public void emit(long nowNanos, EventType type, long a, long b, long c, long d, String text) {
        if (tailCount == RUN) {
            seal();
        }
        consoles.emitted(type, a, b, text);
        int word = text.isEmpty() ? -1 : Texts.SHARED.number(text);
        int flags = (a == ABSENT ? 0 : 1)
                | (b == ABSENT ? 0 : 2)
                | (c == ABSENT ? 0 : 4)
                | (d == ABSENT ? 0 : 8)
                | (word >= 0 ? TEXT_NUMBERED : text.isEmpty() ? 0 : TEXT_WRITTEN);
        tail.octet(type.ordinal());
        tail.octet(flags);
        tail.signed(tailCount == 0 ? nowNanos : nowNanos - lastNanos);
        number(a);
        number(b);
        number(c);
        number(d);
        if (word >= 0) {
            tail.unsigned(word);
        } else if (!text.isEmpty()) {
            tail.text(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        }
        lastNanos = nowNanos;
        lastSeq++;
        tailCount++;
    }

    /**
     * Shows the events with a number above that one, oldest first, until the visitor has enough.
     */
    public void read(long afterSeq, Visitor visitor) {
        long after = Math.max(afterSeq, oldestSeq() - 1);
        long first = firstPackedSeq();
        int skipped = (int) Math.min(runs.length, Math.max(0, (after + 1 - first) / RUN));
        long seq = first + (long) skipped * RUN;
        for (int i = skipped; i < runs.length; i++) {
            if (!read(runs[i], runs[i].length, seq, after, visitor)) {
                return;
            }
            seq += RUN;
        }
        read(tail.view(), tail.used(), seq, after, visitor);
    }

    private static boolean read(byte[] run, int end, long firstSeq, long after, Visitor visitor) {
        Unpacker in = new Unpacker(run, end);
        long seq = firstSeq;
        long nanos = 0;
        while (in.more()) {
            EventType type = EventType.of(in.octet());
            int flags = in.octet();
            nanos += in.signed();
            long a = (flags & 1) != 0 ? in.signed() : ABSENT;
            long b = (flags & 2) != 0 ? in.signed() : ABSENT;
            long c = (flags & 4) != 0 ? in.signed() : ABSENT;
            long d = (flags & 8) != 0 ? in.signed() : ABSENT;
            boolean wanted = seq > after;
            String text = text(in, flags, wanted);
            if (wanted && !visitor.event(seq, nanos, type, a, b, c, d, text)) {
                return false;
            }
            seq++;
        }
        return true;
    }

    private static String text(Unpacker in, int flags, boolean wanted) {
        if ((flags & TEXT_NUMBERED) != 0) {
            int number = (int) in.unsigned();
            return wanted ? Texts.SHARED.word(number) : "";
        }
        if ((flags & TEXT_WRITTEN) == 0) {
            return "";
        }
        if (wanted) {
            return in.text();
        }
        in.skip((int) in.unsigned());
        return "";
    }

    private void number(long value) {
        if (value != ABSENT) {
            tail.signed(value);
        }
    }

    private long firstPackedSeq() {
        return lastSeq + 1 - tailCount - (long) runs.length * RUN;
    }

    /** Forgets all but the newest few hundred events, to give memory back. */
    public void shed() {
        if (runs.length > RUNS_AT_LEAST) {
            runs = Arrays.copyOfRange(runs, runs.length - RUNS_AT_LEAST, runs.length);
        }
    }

    private void seal() {
        int kept = Math.min(runs.length, Math.max(0, (limit - 1) / RUN));
        byte[][] longer = Arrays.copyOfRange(runs, runs.length - kept, runs.length + 1);
        longer[kept] = tail.take();
        runs = longer;
        tailCount = 0;
    }
}

package dev.vboard.model.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The whole state of one simulated board: a few segments of packed cells, sparse RAM and nothing
 * else. It is read and written through the views that a {@link Layout} hands out.
 *
 * <p>Segments are shared copy-on-write between a board and its forks. A board is not thread safe;
 * whoever runs commands on it holds its lock.
 */
public final class Board {
    /** Slot of the segment that holds the hardware and the clock. */
    public static final int HARDWARE = 0;

    /** Slot of the segment that holds the hypervisor. */
    public static final int XEN = 1;

    /** Slot of the first domain's segment. */
    public static final int FIRST_DOMAIN = 2;

    private static final long[] NOTHING = {};

    private final Shape[] shapes;
    private final long[][] words;
    private int owned;
    private Timetable timetable;
    private long sum;
    private Ram ram;
    private Events events = Events.NONE;
    private final Record creation;
    private final Shape absent;

    /**
     * Makes a board whose segments are all absent.
     *
     * @param slots how many segments a board of this kind may have, up to 31
     * @param creation what it was created with, kept unchanged for its life
     */
    public Board(int slots, Record creation) {
        this.creation = creation;
        absent = Layout.segment("absent", 0).build();
        shapes = new Shape[slots];
        Arrays.fill(shapes, absent);
        words = new long[slots][];
        Arrays.fill(words, NOTHING);
        timetable = new Timetable(shapes);
        ram = new Ram();
    }

    /** Makes a board of which nobody asks what it was created with. */
    public Board(int slots) {
        this(slots, new Nothing());
    }

    private record Nothing() {}

    private Board(Board other) {
        creation = other.creation;
        absent = other.absent;
        shapes = other.shapes.clone();
        words = other.words.clone();
        timetable = other.timetable;
        sum = other.sum;
        ram = other.ram.fork();
    }

    /** A board with the same content; what either writes from now on the other does not see. */
    public Board fork() {
        owned = 0;
        return new Board(this);
    }

    /** What the board was created with. */
    public Record creation() {
        return creation;
    }

    /** How many segments the board may have. */
    public int slots() {
        return shapes.length;
    }

    /** Whether that segment is there. */
    public boolean has(int slot) {
        return shapes[slot] != absent;
    }

    /** The layout of the segment in that slot; an empty one where there is none. */
    public Shape shape(int slot) {
        return shapes[slot];
    }

    /** Adds or replaces a segment, all its cells at their reset values. */
    public void attach(Shape shape) {
        int slot = shape.slot();
        detach(slot);
        shapes[slot] = shape;
        words[slot] = shape.resets();
        sum += shape.resetSum();
        timetable = new Timetable(shapes);
    }

    /** Removes a segment with all its cells. */
    public void detach(int slot) {
        for (int i = 0; i < words[slot].length; i++) {
            sum -= Fingerprint.of(slot, i, words[slot][i]);
        }
        shapes[slot] = absent;
        words[slot] = NOTHING;
        owned &= ~(1 << slot);
        timetable = new Timetable(shapes);
    }

    /** Sets every cell of that power domain back to its reset value, in all segments. */
    public void loseContents(int powerDomain) {
        for (int slot = 0; slot < shapes.length; slot++) {
            int[] lost = shapes[slot].wordsIn(powerDomain);
            if (lost.length > 0) {
                own(slot);
                loseContents(slot, lost);
            }
        }
    }

    private void loseContents(int slot, int[] lost) {
        long[] cells = words[slot];
        long[] resets = shapes[slot].resets();
        long[] resetSums = shapes[slot].resetSums();
        long change = 0;
        for (int word : lost) {
            long old = cells[word];
            if (old != resets[word]) {
                cells[word] = resets[word];
                change += resetSums[word] - Fingerprint.of(slot, word, old);
            }
        }
        sum += change;
    }

    long word(int slot, int word) {
        return words[slot][word];
    }

    void write(int slot, int word, long value) {
        long old = words[slot][word];
        if (old == value) {
            return;
        }
        own(slot);
        words[slot][word] = value;
        sum += Fingerprint.of(slot, word, value) - Fingerprint.of(slot, word, old);
    }

    private void own(int slot) {
        if ((owned & 1 << slot) == 0) {
            words[slot] = words[slot].clone();
            owned |= 1 << slot;
        }
    }

    /** Copies neighbouring words from one segment to another. */
    void copy(int fromSlot, int fromWord, int slot, int word, int count) {
        for (int i = 0; i < count; i++) {
            write(slot, word + i, words[fromSlot][fromWord + i]);
        }
    }

    /** Copies scattered words of one segment side by side into another. */
    void gather(int fromSlot, int[] fromWords, int slot, int word) {
        long[] from = words[fromSlot];
        for (int i = 0; i < fromWords.length; i++) {
            long value = from[fromWords[i]];
            if (words[slot][word + i] != value) {
                write(slot, word + i, value);
            }
        }
    }

    /** The board's RAM. */
    public Ram ram() {
        return ram;
    }

    /** Forgets all RAM, as losing power does. */
    public void clearRam() {
        ram = new Ram();
    }

    /** A 64-bit digest of everything the board holds, kept up at each write. */
    public long fingerprint() {
        return sum + ram.fingerprint();
    }

    /** The same digest computed from scratch, to check {@link #fingerprint()} against. */
    public long computeFingerprint() {
        long computed = ram.computeFingerprint();
        for (int slot = 0; slot < words.length; slot++) {
            for (int i = 0; i < words[slot].length; i++) {
                computed += Fingerprint.of(slot, i, words[slot][i]);
            }
        }
        return computed;
    }

    /** Size of the cells this board holds for itself, not shared with another, in bytes. */
    public int ownedBytes() {
        int bytes = 0;
        for (int slot = 0; slot < words.length; slot++) {
            bytes += (owned & 1 << slot) != 0 ? words[slot].length * Long.BYTES : 0;
        }
        return bytes;
    }

    /** The words of a segment, to be stored. */
    public long[] copyOfWords(int slot) {
        return words[slot].clone();
    }

    /**
     * Gives a segment the words of a stored one.
     *
     * @throws IllegalArgumentException when the number of words is not the segment's
     */
    public void restoreWords(int slot, long[] stored) {
        if (stored.length != words[slot].length) {
            throw new IllegalArgumentException(
                    "segment " + shapes[slot].name() + " has " + words[slot].length + " words");
        }
        for (int i = 0; i < stored.length; i++) {
            write(slot, i, stored[i]);
        }
    }

    /** The name of a cell whose value it cannot have, as only a damaged store could give it. */
    public Optional<String> impossibleCell() {
        for (int slot = 0; slot < shapes.length; slot++) {
            for (Shape.Entry entry : shapes[slot].entries()) {
                boolean limited = entry.values() > 0;
                if (limited && bits(words[slot], entry, 0) >= entry.values()) {
                    return Optional.of(shapes[slot].name() + ":" + entry.name());
                }
            }
        }
        return Optional.empty();
    }

    private static long bits(long[] words, Shape.Entry entry, int index) {
        long mask = entry.bits() == 64 ? -1L : (1L << entry.bits()) - 1;
        int at = entry.at() + index * entry.bits();
        return words[at >> 6] >>> (at & 63) & mask;
    }

    /** Where events of the running command go. */
    public Events events() {
        return events;
    }

    /** Sets where events go; the binding of a running command, not state. */
    public void events(Events sink) {
        events = sink;
    }

    /** The earliest armed deadline, ties in cell order, or {@link Deadline#NEVER}. */
    public long nextDeadlineNanos() {
        return timetable.next(words);
    }

    /**
     * Fires the first deadline in cell order that is armed for that moment.
     *
     * @return whether there was one
     */
    public boolean fireDeadline(long atNanos) {
        return timetable.fire(this, words, atNanos);
    }

    /** Whether anything is on its way: a deadline of kind {@link Deadline.Kind#PROGRESS}. */
    public boolean progressing() {
        return timetable.progressing(words);
    }

    /** Every cell that differs from its reset value, by name: one line each. */
    public String dump() {
        StringBuilder out = new StringBuilder();
        for (int slot = 0; slot < shapes.length; slot++) {
            List<Shape.Entry> entries = shapes[slot].entries();
            for (Shape.Entry entry : entries) {
                dump(out, slot, entry);
            }
        }
        return out.toString();
    }

    private void dump(StringBuilder out, int slot, Shape.Entry entry) {
        for (int i = 0; i < entry.count(); i++) {
            long value = bits(words[slot], entry, i);
            if (value != bits(shapes[slot].resets(), entry, i)) {
                out.append(shapes[slot].name()).append(':').append(entry.name());
                if (entry.count() > 1) {
                    out.append('[').append(i).append(']');
                }
                out.append(String.format(Locale.ROOT, " = 0x%x\n", value));
            }
        }
    }

    @Override
    public String toString() {
        return dump();
    }
}

package dev.vboard.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last text of one console, a byte a character, in runs of about {@value #RUN}. A full run
 * never changes again, so forks share it.
 */
final class ConsoleText {
    private static final int RUN = 1024;
    private static final byte[][] NO_RUNS = {};

    private final int limit;
    private final Packer tail;
    private byte[][] runs;
    private long packed;
    private long dropped;

    ConsoleText(int limit) {
        this.limit = limit;
        tail = new Packer();
        runs = NO_RUNS;
    }

    private ConsoleText(ConsoleText other) {
        limit = other.limit;
        tail = other.tail.fork();
        runs = other.runs;
        packed = other.packed;
        dropped = other.dropped;
    }

    ConsoleText fork() {
        return new ConsoleText(this);
    }

    /** Adds a text; what is no Latin-1 becomes a question mark. */
    void append(String text) {
        byte[] more = text.getBytes(StandardCharsets.ISO_8859_1);
        if (tail.used() > 0 && tail.used() + more.length > RUN) {
            seal();
        }
        tail.octets(more);
    }

    /** How many bytes there have been. */
    long end() {
        return packed + tail.used();
    }

    /** The place of the first byte that is kept. */
    long begin() {
        return Math.max(dropped, end() - limit);
    }

    /** The text from that place on, or from the first that is kept. */
    String from(long place) {
        int from = (int) (Math.min(Math.max(place, begin()), end()) - dropped);
        byte[] all = new byte[(int) (end() - dropped)];
        int at = 0;
        for (byte[] run : runs) {
            System.arraycopy(run, 0, all, at, run.length);
            at += run.length;
        }
        System.arraycopy(tail.view(), 0, all, at, tail.used());
        return new String(all, from, all.length - from, StandardCharsets.ISO_8859_1);
    }

    private void seal() {
        packed += tail.used();
        int gone = 0;
        while (gone < runs.length && packed - dropped - runs[gone].length >= limit) {
            dropped += runs[gone].length;
            gone++;
        }
        byte[][] kept = Arrays.copyOfRange(runs, gone, runs.length + 1);
        kept[kept.length - 1] = tail.take();
        runs = kept;
    }
}

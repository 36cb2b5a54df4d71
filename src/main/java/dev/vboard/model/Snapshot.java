package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Ram;
import dev.vboard.model.core.SnapshotException;
import dev.vboard.model.core.SnapshotException.Reason;
import dev.vboard.model.core.SnapshotReader;
import dev.vboard.model.core.SnapshotWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A board's whole state, apart from the machine that reads it: what it was created with, its cells
 * and its RAM. {@link Machine#snapshot} makes one, {@link Machine#restore} makes a board of one.
 *
 * <p>As bytes it is sealed with a checksum against damage, not against forgery.
 */
public final class Snapshot {
    /** Version of the byte format, written at its head. */
    public static final int VERSION = 1;

    private static final int MAGIC = 0x5642_5344;

    private final String profileId;
    private final String profileText;
    private final BootOptions options;
    private final long fingerprint;
    private final List<Segment> segments;
    private final List<Page> pages;

    /** A segment's cells: its place, what it is, the digest of its layout, and its words. */
    private record Segment(int slot, String name, long signature, long[] words) {}

    /** A page of RAM under its key. */
    private record Page(long key, byte[] bytes) {}

    private Snapshot(
            String profileId,
            String profileText,
            BootOptions options,
            long fingerprint,
            List<Segment> segments,
            List<Page> pages) {
        this.profileId = profileId;
        this.profileText = profileText;
        this.options = options;
        this.fingerprint = fingerprint;
        this.segments = segments;
        this.pages = pages;
    }

    static Snapshot of(Board board, String profileId, String profileText) {
        List<Segment> segments = new ArrayList<>();
        for (int slot = 0; slot < board.slots(); slot++) {
            if (board.has(slot)) {
                segments.add(new Segment(
                        slot,
                        board.shape(slot).name(),
                        board.shape(slot).signature(),
                        board.copyOfWords(slot)));
            }
        }
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < board.ram().pages(); i++) {
            pages.add(new Page(board.ram().key(i), board.ram().copyOfPage(i)));
        }
        return new Snapshot(
                profileId,
                profileText,
                (BootOptions) board.creation(),
                board.fingerprint(),
                segments,
                pages);
    }

    /** Id of the profile of the board. */
    public String profileId() {
        return profileId;
    }

    /** What its maker gave to know the profile again by: its text, or a digest of that. */
    public String profileText() {
        return profileText;
    }

    /** What the board was created with. */
    public BootOptions options() {
        return options;
    }

    /** The board's fingerprint, which a restored one has again. */
    public long fingerprint() {
        return fingerprint;
    }

    boolean has(int slot) {
        return find(slot).isPresent();
    }

    private Optional<Segment> find(int slot) {
        for (Segment segment : segments) {
            if (segment.slot == slot) {
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** How many segments there are. */
    int segments() {
        return segments.size();
    }

    /**
     * Gives a segment of a board the words of this snapshot.
     *
     * @throws SnapshotException when the segment is missing in either or laid out otherwise
     */
    void restoreSegment(Board board, int slot) {
        Segment stored = find(slot)
                .orElseThrow(() -> new SnapshotException(
                        Reason.LAYOUT, "no cells of " + board.shape(slot).name() + " are in it"));
        boolean same = board.has(slot)
                && stored.signature == board.shape(slot).signature()
                && stored.words.length * Long.BYTES == board.shape(slot).sizeBytes();
        if (!same) {
            throw new SnapshotException(
                    Reason.LAYOUT, "the cells of " + stored.name + " are laid out otherwise here");
        }
        board.restoreWords(slot, stored.words);
    }

    void restoreRam(Board board) {
        for (Page page : pages) {
            board.ram().restorePage(page.key, page.bytes);
        }
    }

    /** The snapshot as bytes, the same ones for the same state. */
    public byte[] toBytes() {
        SnapshotWriter out = new SnapshotWriter();
        out.number(MAGIC);
        out.number(VERSION);
        out.text(profileId);
        out.text(profileText);
        SnapshotOptions.write(out, options);
        out.word(fingerprint);
        out.number(segments.size());
        for (Segment segment : segments) {
            out.octet(segment.slot);
            out.text(segment.name);
            out.word(segment.signature);
            out.words(segment.words);
        }
        out.number(pages.size());
        for (Page page : pages) {
            out.word(page.key);
            out.words(wordsOf(page.bytes));
        }
        return out.sealed();
    }

    /**
     * Reads a snapshot.
     *
     * @throws SnapshotException when the bytes are not one, are of another version or damaged
     */
    public static Snapshot fromBytes(byte[] bytes) {
        SnapshotReader in = new SnapshotReader(bytes);
        if (bytes.length < 2 * Integer.BYTES + Long.BYTES || in.number() != MAGIC) {
            throw new SnapshotException(Reason.FORMAT, "these bytes are no snapshot");
        }
        int version = in.number();
        if (version != VERSION) {
            throw new SnapshotException(
                    Reason.VERSION, "the snapshot has format " + version + ", not " + VERSION);
        }
        if (!in.intact()) {
            throw new SnapshotException(Reason.CHECKSUM, "the snapshot is damaged");
        }
        Snapshot snapshot = new Snapshot(
                in.text(),
                in.text(),
                SnapshotOptions.read(in),
                in.word(),
                readSegments(in),
                readPages(in));
        if (!in.atEnd()) {
            throw new SnapshotException(Reason.LENGTH, "the snapshot does not end where it should");
        }
        return snapshot;
    }

    private static List<Segment> readSegments(SnapshotReader in) {
        List<Segment> segments = new ArrayList<>();
        int count = in.count(Byte.SIZE + Integer.SIZE + Long.SIZE);
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(in.octet(), in.text(), in.word(), in.words()));
        }
        return segments;
    }

    private static List<Page> readPages(SnapshotReader in) {
        List<Page> pages = new ArrayList<>();
        int count = in.count(Long.SIZE + Integer.SIZE);
        for (int i = 0; i < count; i++) {
            long key = in.word();
            long[] words = in.words();
            if (words.length * Long.BYTES != Ram.PAGE_BYTES) {
                throw new SnapshotException(Reason.LENGTH, "a page of RAM has another size");
            }
            pages.add(new Page(key, bytesOf(words)));
        }
        return pages;
    }

    private static long[] wordsOf(byte[] bytes) {
        long[] words = new long[bytes.length / Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xFFL) << 8 * (i % Long.BYTES);
        }
        return words;
    }

    private static byte[] bytesOf(long[] words) {
        byte[] bytes = new byte[words.length * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / Long.BYTES] >>> 8 * (i % Long.BYTES));
        }
        return bytes;
    }
}

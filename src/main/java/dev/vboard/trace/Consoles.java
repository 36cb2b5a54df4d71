package dev.vboard.trace;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

import java.util.Arrays;

/**
 * What the consoles of a board have shown: the wire of each UART, the console of each domain, the
 * ring in which Xen keeps its own lines, and the log of xl's daemons. Grows from empty; a fork
 * shares all until one of both prints. Not thread safe: whoever reads or writes holds the board's
 * lock.
 */
public final class Consoles {
    private static final int RING = -1;
    private static final int XL = -2;
    private static final int SUSPEND = 2;
    private static final int DOMAINS = 1 << 16;
    private static final int[] NO_KEYS = {};
    private static final ConsoleText[] NO_TEXTS = {};

    private final int limit;
    private int[] keys;
    private ConsoleText[] texts;
    private boolean shared;

    /**
     * Text from a console.
     *
     * @param text what there was, as far as it is kept
     * @param from the place of its first byte, counted from the first ever shown
     * @param next the place after its last byte
     */
    public record Piece(String text, long from, long next) {}

    Consoles(int limit) {
        this.limit = limit;
        keys = NO_KEYS;
        texts = NO_TEXTS;
    }

    private Consoles(Consoles other) {
        limit = other.limit;
        keys = other.keys;
        texts = other.texts;
        shared = true;
    }

    Consoles fork() {
        shared = true;
        return new Consoles(this);
    }

    /** What the wire of a UART showed from a place on. */
    public Piece uart(int port, long after) {
        return piece(port, after);
    }

    /** What the console of a domain showed from a place on, also of one that is gone. */
    public Piece domain(int id, long after) {
        return piece(DOMAINS + id, after);
    }

    /** What xl's daemons have logged of the domains they wait for. */
    public String xl() {
        return piece(XL, 0).text();
    }

    /** What Xen's ring holds. */
    public String ring() {
        return piece(RING, 0).text();
    }

    private Piece piece(int key, long after) {
        int at = Arrays.binarySearch(keys, key);
        if (at < 0) {
            return new Piece("", 0, 0);
        }
        ConsoleText text = texts[at];
        long from = Math.min(Math.max(after, text.begin()), text.end());
        return new Piece(text.from(from), from, text.end());
    }

    /** An event has happened; it may be about a console. */
    void emitted(EventType type, long a, long b, String text) {
        if (type == EventType.XEN_STARTED) {
            forget(RING);
        } else if (type == EventType.CONSOLE_KEPT) {
            show(RING, text);
        } else if (type == EventType.CONSOLE) {
            show(b == Events.ABSENT ? (int) a : DOMAINS + (int) b, text);
            if (b == Events.ABSENT && isXens(text)) {
                show(RING, text);
            }
        } else if (type == EventType.DOMAIN_SHUTDOWN && a != 0) {
            shutDown(a, b);
        } else if (type == EventType.DOMAIN_DESTROYED) {
            show(XL, "Domain " + a + " has been destroyed.");
        }
    }

    /** Lines of xl's daemon for a domain (xen-suspend.md 8.2); nobody waits for Dom0. */
    private void shutDown(long domain, long code) {
        show(
                XL,
                "Domain " + domain + " has shut down, reason code " + code + " 0x"
                        + Long.toHexString(code));
        if (code == SUSPEND) {
            show(XL, "Domain has suspended.");
            show(XL, "Continue waiting for domain " + domain);
        }
    }

    /** Lines that Xen prints; the hardware domain's go past the ring. */
    private static boolean isXens(String text) {
        return text.startsWith("(XEN) ") || text.startsWith("(d");
    }

    /** One character is itself, anything longer is a line. */
    private void show(int key, String text) {
        writable(key).append(text.length() == 1 ? text : text + '\n');
    }

    private void forget(int key) {
        int at = Arrays.binarySearch(keys, key);
        if (at >= 0) {
            unshare();
            texts[at] = new ConsoleText(limit);
        }
    }

    private ConsoleText writable(int key) {
        unshare();
        int at = Arrays.binarySearch(keys, key);
        if (at < 0) {
            at = -at - 1;
            int[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
            ConsoleText[] moreTexts = Arrays.copyOf(texts, texts.length + 1);
            System.arraycopy(keys, at, moreKeys, at + 1, keys.length - at);
            System.arraycopy(texts, at, moreTexts, at + 1, texts.length - at);
            moreKeys[at] = key;
            moreTexts[at] = new ConsoleText(limit);
            keys = moreKeys;
            texts = moreTexts;
        }
        return texts[at];
    }

    private void unshare() {
        if (shared) {
            ConsoleText[] own = new ConsoleText[texts.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = texts[i].fork();
            }
            texts = own;
            keys = keys.clone();
            shared = false;
        }
    }
}

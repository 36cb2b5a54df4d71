package dev.vboard.api;

import dev.vboard.model.core.EventType;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.Follower;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One client that follows a board's events. */
final class Listening implements Follower {
    /** A client that is further behind than this is closed; it may resume where it was. */
    private static final int MOST_BEHIND = 1024;

    /** Events copied at a time, so that the board's lock is held briefly. */
    private static final int BATCH = 256;

    private final BoardRuntime board;
    private final Set<EventType> types;
    private final Semaphore news = new Semaphore(0);
    private volatile long sent;
    /**
     * What was there when it came is its to catch up with; only what came since can be too much.
     */
    private volatile long joined;

    private volatile long last;
    private volatile boolean tooSlow;
    private volatile boolean ended;

    Listening(BoardRuntime board, Set<EventType> types) {
        this.board = board;
        this.types = types;
    }

    String boardId() {
        return board.id();
    }

    /**
     * Begins to follow.
     *
     * @param seen the last event the client has; the oldest that is kept is next when empty
     * @throws ProblemException 410 when what comes next is not kept any more
     */
    void begin(OptionalLong seen) {
        joined = Long.MAX_VALUE;
        board.follow(this);
        long oldest = board.readEvents(Long.MAX_VALUE - 1, (_, _, _, _, _, _, _, _) -> false);
        seen.ifPresent(seq -> EventCalls.requireKept(seq, oldest));
        sent = seen.orElse(oldest - 1);
        last = board.lastSeq();
        joined = last;
    }

    void end() {
        board.unfollow(this);
    }

    /** Whether there is anything to come. */
    boolean next() {
        return !tooSlow && !(ended && sent >= last);
    }

    /** Writes what is new; whether there was anything. */
    boolean write(OutputStream out) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long[] read = {sent, 0};
        long oldest = board.readEvents(sent, (seq, nanos, type, a, b, c, d, words) -> {
            if (types.contains(type)) {
                append(text, seq, nanos, type, a, b, c, d, words);
            }
            read[0] = seq;
            return ++read[1] < BATCH;
        });
        if (sent + 1 < oldest) {
            // What should have come next was dropped: the client learns that when it resumes.
            tooSlow = true;
            return false;
        }
        if (read[1] == 0) {
            return false;
        }
        text.writeTo(out);
        out.flush();
        sent = read[0];
        return true;
    }

    private static void append(
            ByteArrayOutputStream out,
            long seq,
            long nanos,
            EventType type,
            long a,
            long b,
            long c,
            long d,
            String words) {
        byte[] data = Json.write(EventBodies.event(seq, nanos, type, a, b, c, d, words));
        String head = "id: " + seq + "\nevent: " + type.wire() + "\ndata: ";
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(data);
        out.writeBytes(new byte[] {'\n', '\n'});
    }

    /** Whether there may be news within that time. */
    boolean await(long nanos) throws InterruptedException {
        boolean told = nanos > 0 && news.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        news.drainPermits();
        return told;
    }

    void wake() {
        news.release();
    }

    @Override
    public void emitted(long lastSeq) {
        // One call may emit more than that; who had kept up until then gets the time to read it.
        if (last - Math.max(sent, joined) > MOST_BEHIND) {
            tooSlow = true;
        }
        last = lastSeq;
        wake();
    }

    @Override
    public void ended() {
        ended = true;
        wake();
    }
}

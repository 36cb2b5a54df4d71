package dev.vboard.runtime;

import dev.vboard.model.Action;
import dev.vboard.model.Command;
import dev.vboard.model.Machine;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.trace.EventLog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One board of this service: its lock, and what the service knows of it beside its cells. Nothing
 * but this class runs commands on it, and nothing outside keeps a reference to the board itself.
 */
public final class BoardRuntime {
    private static final Logger logger = LoggerFactory.getLogger(BoardRuntime.class);
    private static final Follower[] NOBODY = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Surroundings surroundings;
    private final Template origin;
    private final String id;
    private final long createdAtMillis;
    private final Board board;
    private final EventLog log;
    private SortedMap<String, String> labels;
    private long revision;
    private Pace pace = Pace.MANUAL;
    private Follower[] followers = NOBODY;
    private @Nullable Future<?> wake;
    private @Nullable Quarantined quarantined;
    private boolean deleted;

    BoardRuntime(
            Surroundings surroundings,
            Template origin,
            String id,
            SortedMap<String, String> labels,
            long seed) {
        this(surroundings, origin, id, labels, origin.board(), origin.log());
        machine().seed(board, seed);
    }

    private BoardRuntime(
            Surroundings surroundings,
            Template origin,
            String id,
            SortedMap<String, String> labels,
            Board board,
            EventLog log) {
        this.surroundings = surroundings;
        this.origin = origin;
        this.id = id;
        this.labels = labels;
        this.board = board;
        this.log = log;
        createdAtMillis = System.currentTimeMillis();
        board.events(log);
    }

    /** The board's id. */
    public String id() {
        return id;
    }

    /** What it began as. */
    public Template origin() {
        return origin;
    }

    /** When it was created, in milliseconds since the epoch. */
    public long createdAtMillis() {
        return createdAtMillis;
    }

    /** Free texts. */
    public SortedMap<String, String> labels() {
        lock.lock();
        try {
            return labels;
        } finally {
            lock.unlock();
        }
    }

    /** Accepted changes so far. */
    public long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does some work on the board while nobody else does.
     *
     * @throws BoardGone when the board was deleted in the meantime
     */
    public <T> T exclusively(Function<? super Turn, ? extends T> work) {
        lock.lock();
        try {
            if (deleted) {
                throw new BoardGone(id);
            }
            Turn turn = new Turn(System.nanoTime());
            try {
                turn.catchUp();
                return work.apply(turn);
            } finally {
                turn.end();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Shows the events with a number above that one, also of a board that was deleted.
     *
     * @return the number of the oldest event that is kept
     */
    public long readEvents(long afterSeq, EventLog.Visitor visitor) {
        lock.lock();
        try {
            log.read(afterSeq, visitor);
            return log.oldestSeq();
        } finally {
            lock.unlock();
        }
    }

    /** Number of the newest event. */
    public long lastSeq() {
        lock.lock();
        try {
            return log.lastSeq();
        } finally {
            lock.unlock();
        }
    }

    /** From now on that follower is told of events. */
    public void follow(Follower follower) {
        lock.lock();
        try {
            if (deleted) {
                throw new BoardGone(id);
            }
            followers = Arrays.copyOf(followers, followers.length + 1);
            followers[followers.length - 1] = follower;
        } finally {
            lock.unlock();
        }
    }

    /** That follower is told nothing any more. */
    public void unfollow(Follower follower) {
        lock.lock();
        try {
            Follower[] others =
                    Arrays.stream(followers).filter(f -> f != follower).toArray(Follower[]::new);
            followers = others.length == 0 ? NOBODY : others;
        } finally {
            lock.unlock();
        }
    }

    /** The board is no more: who waits for it learns that, who follows it sees its last event. */
    void delete() {
        lock.lock();
        try {
            if (deleted) {
                return;
            }
            deleted = true;
            cancelWake();
            Turn turn = new Turn(System.nanoTime());
            emit(EventType.BOARD_DELETED, "");
            turn.end();
            for (Follower follower : followers) {
                follower.ended();
            }
            followers = NOBODY;
        } finally {
            lock.unlock();
        }
    }

    private void emit(EventType type, String text) {
        try {
            type.emit(board, machine().nowNanos(board), text);
        } catch (RuntimeException e) {
            logger.warn("Board {} cannot tell its time", id, e);
        }
    }

    private Machine machine() {
        return origin.machine();
    }

    private void cancelWake() {
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
    }

    private void planWake() {
        cancelWake();
        long next = machine().nextDeadlineNanos(board);
        if (pace.realtime() && quarantined == null && !deleted && next != Deadline.NEVER) {
            // A deadline that cannot be met now must not keep the timer busy.
            long wait = Math.max(pace.wallUntil(next, System.nanoTime()), 1_000_000);
            wake = surroundings.after(wait, this::wakeUp);
        }
    }

    private void wakeUp() {
        try {
            exclusively(_ -> "");
        } catch (BoardGone | Quarantined e) {
            logger.debug("Board {} is not woken any more", id, e);
        }
    }

    /** The time in which one caller has the board to itself. */
    public final class Turn {
        private final long startedNanos;
        private final long seqBefore = log.lastSeq();

        private Turn(long startedNanos) {
            this.startedNanos = startedNanos;
        }

        /** Whose turn it is on. */
        public BoardRuntime runtime() {
            return BoardRuntime.this;
        }

        /**
         * Carries out an action; when it is accepted the revision goes up.
         *
         * @throws Quarantined when the board is, or has just been
         */
        public Outcome act(Action action, Machine.Settle settle) {
            boolean left = pace.realtime() && settle == Machine.Settle.AS_FOUND;
            Outcome outcome = handle(action, left ? Machine.Settle.NO : settle);
            if (outcome instanceof Outcome.Done) {
                revision++;
            }
            return outcome;
        }

        /** Answers a question. */
        public Outcome ask(Query query) {
            return handle(query, Machine.Settle.NO);
        }

        /** Accepted changes so far. */
        public long revision() {
            return revision;
        }

        /** The board's clock. */
        public long nowNanos() {
            return machine().nowNanos(board);
        }

        /** A digest of everything the board holds. */
        public long fingerprint() {
            return board.fingerprint();
        }

        /** The board's history; to be read only. */
        public EventLog log() {
            return log;
        }

        /** Free texts. */
        public SortedMap<String, String> labels() {
            return labels;
        }

        /** Replaces the labels. */
        public void labels(SortedMap<String, String> replacement) {
            labels = replacement;
            revision++;
        }

        /** Who moves the clock. */
        public Pace pace() {
            return pace;
        }

        /** Leaves the clock to calls alone. */
        public void paceManually() {
            pace = Pace.MANUAL;
            revision++;
        }

        /** Lets the clock follow the wall from now on. */
        public void paceByWall(double factor) {
            pace = Pace.realtime(factor, System.nanoTime(), nowNanos());
            revision++;
        }

        /** Whether the call has used up its wall time. */
        public boolean overBudget() {
            return System.nanoTime() - startedNanos > surroundings.budgetNanos();
        }

        BoardRuntime fork(String forkId) {
            if (quarantined != null) {
                throw quarantined;
            }
            BoardRuntime fork = new BoardRuntime(
                    surroundings, origin, forkId, labels, board.fork(), log.fork());
            fork.revision = revision;
            return fork;
        }

        private void catchUp() {
            if (!pace.realtime() || quarantined != null) {
                return;
            }
            long wall = System.nanoTime();
            long behind = pace.dueAt(wall) - nowNanos();
            if (behind > 0) {
                handle(new Action.Advance(behind), Machine.Settle.NO);
            } else if (behind < 0) {
                // A clock call went ahead of the wall: both meet here anew.
                pace = Pace.realtime(pace.factor(), wall, nowNanos());
            }
        }

        private void end() {
            if (pace.realtime() || wake != null) {
                planWake();
            }
            long last = log.lastSeq();
            if (last == seqBefore) {
                return;
            }
            surroundings.tell(id, log, seqBefore, System.nanoTime() - startedNanos);
            for (Follower follower : followers) {
                follower.emitted(last);
            }
        }

        private Outcome handle(Command command, Machine.Settle settle) {
            if (quarantined != null) {
                throw quarantined;
            }
            long before = board.fingerprint();
            Outcome outcome;
            try {
                outcome = machine().handle(board, command, settle, this::overBudget);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw quarantine(command, before, e);
            }
            boolean mayChange = command instanceof Action && outcome instanceof Outcome.Done;
            if (!mayChange && board.fingerprint() != before) {
                Throwable cause = new IllegalStateException("a change unasked for");
                throw quarantine(command, before, cause);
            }
            return outcome;
        }

        private Quarantined quarantine(Command command, long before, Throwable cause) {
            String replayId = id + "-r" + revision + "-" + Long.toHexString(before);
            Quarantined entry = new Quarantined(replayId);
            quarantined = entry;
            logger.error(
                    "Board {} is quarantined. Replay {}: profile {}, {}, then {}",
                    id,
                    replayId,
                    origin.profileId(),
                    origin.options(),
                    command,
                    cause);
            emit(EventType.QUARANTINED, replayId);
            return entry;
        }
    }
}

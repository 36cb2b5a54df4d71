package dev.vboard.model.core;

/**
 * A view of a moment of virtual time at which a block acts. Pending work is a cell, never a queue.
 */
public final class Deadline {
    /** The value of a deadline that is not armed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Cell cell;
    private final Kind kind;
    private final String name;
    private final Firing firing;

    /** Whether the board is on its way somewhere, or merely waits. */
    public enum Kind {
        /** A CPU coming up or going down, a step of Xen, a scripted procedure. */
        PROGRESS,
        /** Timers, watchdogs, alarms: a settled board may have these armed. */
        WAITING
    }

    /** What happens when the moment comes; the deadline is already unarmed then. */
    @FunctionalInterface
    public interface Firing {
        /** Runs with the clock at the deadline. */
        void fire(Board board);
    }

    Deadline(Cell cell, Kind kind, String name, Firing firing) {
        this.cell = cell;
        this.kind = kind;
        this.name = name;
        this.firing = firing;
    }

    /** Whether it is progress or waiting. */
    public Kind kind() {
        return kind;
    }

    int slot() {
        return cell.slot();
    }

    /** The word of its segment that holds the moment; a deadline has one to itself. */
    int word() {
        return cell.word();
    }

    /** What it is, for people. */
    public String name() {
        return name;
    }

    /** The moment in nanoseconds, or {@link #NEVER}. */
    public long get(Board board) {
        return cell.get(board);
    }

    /** Whether it is armed. */
    public boolean armed(Board board) {
        return cell.get(board) != NEVER;
    }

    /** Arms it for a moment; one already past fires at once, {@link #NEVER} unarms it. */
    public void arm(Board board, long atNanos) {
        cell.set(board, atNanos);
    }

    /** Unarms it. */
    public void cancel(Board board) {
        cell.set(board, NEVER);
    }

    /** Unarms it and runs its action. */
    public void fire(Board board) {
        cancel(board);
        firing.fire(board);
    }
}

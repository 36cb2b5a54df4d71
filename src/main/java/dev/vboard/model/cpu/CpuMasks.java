package dev.vboard.model.cpu;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;

/** What is asked of all CPUs at once between any two actions: one bit for each CPU. */
public final class CpuMasks {
    private final Bits released;
    private final Bits suspended;

    /** Declares the bits, which never lose power. */
    public CpuMasks(Layout layout, int cpus) {
        released = layout.bits("cpus.released", cpus);
        suspended = layout.bits("cpus.suspended", cpus);
    }

    /** Whether any CPU stands at an entry point and its software has not been started yet. */
    public boolean anyReleased(Board board) {
        return released.word(board, 0) != 0;
    }

    /** Whether any CPU is in CPU_SUSPEND or SYSTEM_SUSPEND. */
    public boolean anySuspended(Board board) {
        return suspended.word(board, 0) != 0;
    }

    boolean released(Board board, int cpu) {
        return released.get(board, cpu);
    }

    void released(Board board, int cpu, boolean value) {
        released.set(board, cpu, value);
    }

    boolean suspended(Board board, int cpu) {
        return suspended.get(board, cpu);
    }

    void suspended(Board board, int cpu, boolean value) {
        suspended.set(board, cpu, value);
    }
}

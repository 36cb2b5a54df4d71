package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

/**
 * The redistributors of a GICv3 as Xen reaches them: one frame of registers for each CPU, looked
 * for when the CPU comes up (gic.md 7).
 */
final class Redistributors {
    /** Two pages of 64 KiB: the redistributor's own registers, and its SGIs and PPIs. */
    static final long FRAME_BYTES = 0x2_0000;

    static final long SGI_PAGE = 0x1_0000;
    static final int CTLR = 0x0000;
    static final int TYPER = 0x0008;
    static final int WAKER = 0x0014;
    static final int PROPBASER = 0x0070;
    static final int PENDBASER = 0x0078;

    private static final int LAST = 1 << 4;
    private static final int PROCESSOR_SLEEP = 2;
    private static final int CHILDREN_ASLEEP = 4;
    private static final int MOST_FRAMES = 256;

    private final Bus bus;
    private final long base;
    private final SystemRegister mpidr;
    private final Bytes frame;

    Redistributors(Platform platform, Layout layout, long base) {
        bus = platform.bus();
        this.base = base;
        mpidr = platform.registers().get("MPIDR_EL1");
        frame = layout.named("redistributors").bytes("frame", platform.cpus(), 0);
    }

    /**
     * Looks through the frames, up to the last one, for that of the CPU's affinity.
     *
     * @return whether there is one
     */
    boolean find(Board board, int cpu) {
        Access by = Access.el2(cpu);
        long own = mpidr.read(board, by);
        long affinity = own >>> 32 << 24 & 0xFF00_0000L | own & 0xFF_FFFF;
        for (int n = 0; n < MOST_FRAMES; n++) {
            long type = bus.read(board, by, base + n * FRAME_BYTES + TYPER, 8);
            if (type >>> 32 == affinity) {
                frame.set(board, cpu, n);
                return true;
            }
            if ((type & LAST) != 0) {
                return false;
            }
        }
        return false;
    }

    /**
     * Wakes a CPU's redistributor. Where there are two security states that is EL3's to do, and
     * GICR_WAKER is RAZ/WI here.
     *
     * @return whether its interface takes part; the driver waits a second for that
     */
    boolean wake(Board board, int cpu) {
        write(board, cpu, WAKER, read(board, cpu, WAKER) & ~PROCESSOR_SLEEP);
        return (read(board, cpu, WAKER) & CHILDREN_ASLEEP) == 0;
    }

    /**
     * Puts a CPU's redistributor to sleep.
     *
     * @return whether it sleeps; the driver waits a second for that
     */
    boolean sleep(Board board, int cpu) {
        write(board, cpu, WAKER, read(board, cpu, WAKER) | PROCESSOR_SLEEP);
        return (read(board, cpu, WAKER) & CHILDREN_ASLEEP) != 0;
    }

    private long address(Board board, int cpu, long offset) {
        return base + frame.get(board, cpu) * FRAME_BYTES + offset;
    }

    int read(Board board, int cpu, long offset) {
        return bus.read32(board, Access.el2(cpu), address(board, cpu, offset));
    }

    void write(Board board, int cpu, long offset, int value) {
        bus.write32(board, Access.el2(cpu), address(board, cpu, offset), value);
    }

    /** Reads a 64-bit register. */
    long readWide(Board board, int cpu, long offset) {
        return bus.read(board, Access.el2(cpu), address(board, cpu, offset), 8);
    }

    /** Writes a 64-bit register. */
    void writeWide(Board board, int cpu, long offset, long value) {
        bus.write(board, Access.el2(cpu), address(board, cpu, offset), 8, value);
    }

    /** Reads a register of a CPU's SGIs and PPIs. */
    int readPrivate(Board board, int cpu, long offset) {
        return read(board, cpu, SGI_PAGE + offset);
    }

    /** Writes a register of a CPU's SGIs and PPIs. */
    void writePrivate(Board board, int cpu, long offset, int value) {
        write(board, cpu, SGI_PAGE + offset, value);
    }
}

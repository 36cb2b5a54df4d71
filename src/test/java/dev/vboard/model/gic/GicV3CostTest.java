package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.List;

/** What a GICv3 costs: bytes of cells in a board, and garbage per question (design 1). */
class GicV3CostTest {
    private static final int QUESTIONS = 20_000;

    @Test
    void aGicV3Of288InterruptsTakesAtMost2KiBForFourCpusAnd3ForEight() {
        assertThat(GicV3Board.virt().shape.sizeBytes()).isLessThanOrEqualTo(2048);
        List<Long> two = List.of(0L, 1L, 2L, 3L, 0x100L, 0x101L, 0x102L, 0x103L);
        assertThat(new GicV3Board(5, 2, two).shape.sizeBytes()).isLessThanOrEqualTo(3072);
    }

    @Test
    void askingWhetherACpuIsSignalledOrWokenAllocatesNothing() {
        GicV3Board b = GicV3Board.secured().on();
        b.spi(40, GicV3Board.ANY, 0xA0);
        b.gic.cpuInterfaceDown(b.board, 3);
        ask(b);
        assertThat(allocatedBy(b)).as("idle").isLessThan(QUESTIONS);
        b.line(0, 40, true);
        assertThat(allocatedBy(b)).as("pending").isLessThan(QUESTIONS);
    }

    @Test
    void aGuestsAccessToItsInterfaceAllocatesNothing() {
        GicV3Board b = GicV3Board.virt().on();
        b.write(Access.el2(0), "HCR_EL2", 0x18);
        b.ich(0, "HCR", 1);
        touch(b);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        touch(b);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(QUESTIONS);
    }

    private static void touch(GicV3Board b) {
        var iar = b.registers.get("ICC_IAR1_EL1");
        var pmr = b.registers.get("ICC_PMR_EL1");
        for (int i = 0; i < QUESTIONS; i++) {
            pmr.write(b.board, Access.el1(0), i & 0xF8);
            iar.read(b.board, Access.el1(0));
        }
    }

    private static long allocatedBy(GicV3Board b) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ask(b);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static int ask(GicV3Board b) {
        int signalled = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            signalled += b.gic.signals(b.board, i & 3) ? 1 : 0;
            signalled += b.gic.wakes(b.board, i & 3) ? 1 : 0;
            signalled += b.gic.signalsVirtual(b.board, i & 3) ? 1 : 0;
        }
        return signalled;
    }
}

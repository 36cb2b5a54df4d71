package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/** What a GIC costs: bytes of cells in a board, and garbage per question (the design's budget). */
class GicCostTest {
    private static final int QUESTIONS = 20_000;

    @Test
    void aGicOf288InterruptsAndFourCpusTakesAtMost1536Bytes() {
        assertThat(GicBoard.virt().shape.sizeBytes()).isLessThanOrEqualTo(1536);
        assertThat(GicBoard.gic400().shape.sizeBytes()).isLessThanOrEqualTo(1200);
    }

    @Test
    void askingWhetherACpuIsSignalledAllocatesNothing() {
        GicBoard b = GicBoard.gic400().on();
        b.spi(40, 0b1111, 0xA0);
        ask(b);
        assertThat(allocatedBy(b)).as("idle").isLessThan(QUESTIONS);
        b.line(0, 40, true);
        assertThat(allocatedBy(b)).as("pending").isLessThan(QUESTIONS);
    }

    private static long allocatedBy(GicBoard b) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ask(b);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static int ask(GicBoard b) {
        int signalled = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            signalled += b.gic.signals(b.board, i & 3) ? 1 : 0;
            signalled += b.gic.signalsVirtual(b.board, i & 3) ? 1 : 0;
        }
        return signalled;
    }
}

package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Registers;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/** What must hold of a GIC after any sequence of accesses and line changes; seeded. */
class GicRandomTest {
    private static final int STEPS = 3000;
    private static final int[] GICD = {
        0x000, 0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0x800, 0xC00, 0xF10, 0xF20
    };
    private static final int[] GICC = {0x00, 0x04, 0x08, 0x10, 0x1C, 0x24, 0xD0, 0xE0, 0x1000};

    private Random random = new Random(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aGicWithOneSecurityStateHoldsItsInvariants(long seed) {
        random = new Random(seed);
        run(GicBoard.virt().on());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aGic400HoldsItsInvariants(long seed) {
        random = new Random(seed);
        run(GicBoard.gic400().on());
    }

    private void run(GicBoard b) {
        boolean anySignalled = false;
        for (int step = 0; step < STEPS; step++) {
            int cpu = random.nextInt(b.intids.cpus());
            act(b, cpu);
            anySignalled |= check(b, cpu);
            if (step % 300 == 299) {
                b.board = reset(b);
            }
        }
        assertThat(anySignalled).isTrue();
        assertThat(b.board.fingerprint()).isEqualTo(b.board.computeFingerprint());
    }

    /** Now and then from the start, so that masks closed for good do not end the run. */
    private static Board reset(GicBoard b) {
        b.board = b.fresh();
        b.firmware();
        b.on();
        return b.board;
    }

    private void act(GicBoard b, int cpu) {
        int intid = random.nextInt(16, 100);
        switch (random.nextInt(10)) {
            case 0, 1 -> b.line(cpu, intid, random.nextBoolean());
            case 2 -> b.pulse(cpu, intid);
            case 3, 4 -> b.spi(32 + random.nextInt(40), random.nextInt(16), random.nextInt(256));
            case 5 -> b.enable(cpu, 16 + random.nextInt(16), random.nextInt(256));
            case 6 -> b.sgi(cpu, random.nextInt(16), random.nextInt(16));
            case 7 -> b.end(cpu, random.nextInt(100));
            case 8 -> writeAnything(b, cpu);
            default -> acknowledgeOnce(b, cpu);
        }
    }

    private void writeAnything(GicBoard b, int cpu) {
        boolean distributor = random.nextBoolean();
        Registers bank = distributor
                ? b.gic.distributor().registers()
                : b.gic.cpuInterface().registers();
        int[] offsets = distributor ? GICD : GICC;
        int offset = offsets[random.nextInt(offsets.length)];
        int within = distributor && offset != 0 ? 4 * random.nextInt(4) : 0;
        Access by = Access.of(cpu, 2, random.nextInt(4) == 0);
        bank.write(b.board, by, offset + within, 4, random.nextInt() & 0xFFFF_FFFFL);
    }

    /** 1-of-N: whoever acknowledges an SPI has it alone, and an acknowledge takes what is best. */
    private static void acknowledgeOnce(GicBoard b, int cpu) {
        boolean signalled = b.signals(cpu);
        int expected = b.gic.highestPending(b.board, cpu);
        int taken = (int) b.ack(cpu) & 0x3FF;
        if (!signalled) {
            assertThat(taken).isIn(SPURIOUS, CpuInterface.GROUP_1);
            return;
        }
        if (taken == CpuInterface.GROUP_1) {
            return;
        }
        assertThat(taken).isEqualTo(expected);
        assertThat(b.gic.active(b.board, b.intids.index(cpu, taken))).isTrue();
        for (int other = 0; other < b.intids.cpus(); other++) {
            int next = b.gic.highestPending(b.board, other);
            assertThat(next == taken && taken >= 32).as("INTID %s twice", taken).isFalse();
        }
    }

    /** Asking changes nothing; what is signalled is forwarded, unmasked and preempts. */
    private static boolean check(GicBoard b, int cpu) {
        long before = b.board.fingerprint();
        boolean signalled = b.signals(cpu);
        int best = b.gic.highestPending(b.board, cpu);
        if (signalled) {
            int index = b.intids.index(cpu, best);
            CpuInterface gicc = b.gic.cpuInterface();
            int stored = b.gic.distributor().priority(b.board, index);
            assertThat(b.gic.anyAsking(b.board)).isTrue();
            assertThat(best).isNotEqualTo(SPURIOUS);
            assertThat(b.gic.interfaceOn(b.board, cpu)).isTrue();
            assertThat(b.gic.enabledGroups(b.board) >>> b.gic.group(b.board, index) & 1)
                    .isEqualTo(1);
            assertThat(b.gic.enabled(b.board, index)).isTrue();
            assertThat(b.gic.pending(b.board, index)).isTrue();
            assertThat(b.gic.active(b.board, index)).isFalse();
            assertThat(b.gic.targets(b.board, index) >>> cpu & 1).isEqualTo(1);
            assertThat(stored).isLessThan(gicc.mask(b.board, cpu));
            assertThat(stored).isLessThan(gicc.running(b.board, cpu));
        }
        assertThat(b.board.fingerprint()).isEqualTo(before);
        return signalled;
    }
}

package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/** What must hold of a GICv3 after any sequence of accesses and line changes; seeded. */
class GicV3RandomTest {
    private static final int STEPS = 4000;
    private static final int EPISODE = 250;
    private static final long GICD = 0x0800_0000L;
    private static final long GICR = 0x080A_0000L;
    private static final long STRIDE = 0x2_0000;
    private static final int[] ARRAYS = {
        0x000, 0x040, 0x048, 0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400, 0xC00, 0xD00
    };

    private Random random = new Random(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aGicWithOneSecurityStateHoldsItsInvariants(long seed) {
        random = new Random(seed);
        run(GicV3Board.virt());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aGicWithTwoSecurityStatesHoldsItsInvariants(long seed) {
        random = new Random(seed);
        run(GicV3Board.secured());
    }

    private void run(GicV3Board b) {
        int signalled = 0;
        for (int step = 0; step < STEPS; step++) {
            if (step % EPISODE == 0) {
                b.board = b.fresh();
                b.firmware();
                b.on();
            }
            int cpu = random.nextInt(b.intids.cpus());
            act(b, cpu);
            signalled += check(b, cpu) ? 1 : 0;
        }
        assertThat(signalled).isGreaterThan(20);
        assertThat(b.board.fingerprint()).isEqualTo(b.board.computeFingerprint());
    }

    private Access anyone(int cpu) {
        int level = 1 + random.nextInt(3);
        return Access.of(cpu, level, level == 3 || random.nextInt(6) == 0);
    }

    private void act(GicV3Board b, int cpu) {
        int spi = 32 + random.nextInt(60);
        switch (random.nextInt(9)) {
            case 0, 1 -> b.line(cpu, 26 + random.nextInt(70), random.nextBoolean());
            case 2 -> b.pulse(cpu, spi);
            case 3 -> b.spi(spi, random.nextInt(6) == 0 ? 1L << 31 : cpu & 1, priority());
            case 4 -> b.enable(cpu, random.nextInt(32), priority());
            case 5 -> writeMemory(b, cpu);
            case 6, 7 -> writeRegister(b, cpu);
            default -> acknowledge(b, cpu);
        }
    }

    private int priority() {
        return random.nextInt(256);
    }

    private void writeMemory(GicV3Board b, int cpu) {
        long frame = GICR + cpu * STRIDE + random.nextInt(2) * 0x1_0000L;
        long base = random.nextBoolean() ? GICD : frame;
        int size = 1 << random.nextInt(4);
        long offset = ARRAYS[random.nextInt(ARRAYS.length)] + 8L * random.nextInt(3);
        b.bus.write(b.board, anyone(cpu), base + offset, size, random.nextLong());
    }

    /** Not the binary points: running priorities are those of the points of their time. */
    private void writeRegister(GicV3Board b, int cpu) {
        List<SystemRegister> all = b.registers.all();
        SystemRegister register = all.get(random.nextInt(all.size()));
        Access by = anyone(cpu);
        boolean keepsLevels = !register.name().contains("_BPR");
        if (keepsLevels && register.permits(b.board, by, true)) {
            long value = random.nextBoolean() ? random.nextInt(256) : random.nextLong();
            register.write(b.board, by, value);
        }
    }

    /** What was signalled is taken and active, in whichever world it is. */
    private void acknowledge(GicV3Board b, int cpu) {
        int candidate = b.gic.systemInterface().signalled(b.board, cpu);
        if (candidate == Candidate.NONE) {
            return;
        }
        int index = Candidate.indexOf(candidate);
        Access by = b.gic.group(b.board, index) == 0 || random.nextBoolean()
                ? Access.of(cpu, 1, true)
                : Access.el2(cpu);
        int intid = b.gic.acknowledge(b.board, by);
        if (b.intids.has(intid)) {
            assertThat(intid).isEqualTo(b.intids.intid(index));
            assertThat(b.gic.active(b.board, index)).isTrue();
            assertThat(b.gic.latched(b.board, index)).isFalse();
            assertThat(b.gic.systemInterface().running(b.board, cpu)).isLessThan(0x100);
        }
    }

    private static boolean check(GicV3Board b, int cpu) {
        long before = b.board.fingerprint();
        SystemInterface icc = b.gic.systemInterface();
        int candidate = icc.signalled(b.board, cpu);
        boolean signals = candidate != Candidate.NONE;
        if (signals) {
            int index = Candidate.indexOf(candidate);
            int priority = Candidate.priorityOf(candidate);
            assertThat(b.gic.enabled(b.board, index)).isTrue();
            assertThat(b.gic.pending(b.board, index)).isTrue();
            assertThat(b.gic.active(b.board, index)).isFalse();
            assertThat(b.gic.targets(b.board, index) >>> cpu & 1).isEqualTo(1);
            assertThat(b.secureGicr(cpu, GicV3Board.WAKER)).as("awake").isZero();
            assertThat(priority).isLessThan(icc.of(cpu).mask().getInt(b.board));
            assertThat(priority).isLessThan(icc.running(b.board, cpu));
            assertThat(b.gic.anyAsking(b.board)).isTrue();
        } else {
            assertThat(b.gic.signals(b.board, cpu)).isFalse();
        }
        boolean maintenance = (b.ich(cpu, "HCR") & 1) != 0 && b.ich(cpu, "MISR") != 0;
        int index = b.intids.index(cpu, Gic.MAINTENANCE);
        boolean driven = b.lines.high(b.board, index);
        assertThat(driven).as("the maintenance line follows").isEqualTo(maintenance);
        assertThat(b.board.fingerprint()).as("questions change nothing").isEqualTo(before);
        return signals;
    }
}

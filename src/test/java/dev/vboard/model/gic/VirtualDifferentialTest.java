package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.gic.VirtualDriver.Entry;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The same random doings of a hypervisor and its guest on GICH with GICV and on ICH with ICV
 * (gic.md 6 and 7): list registers, status, maintenance interrupt and all the guest reads must stay
 * equal. Kept out is what differs: SGIs know their source on GICv2 only, and Group 1, which
 * GICV_IAR does not acknowledge. A longer run: {@code -Dgic.seeds=1000}.
 */
class VirtualDifferentialTest {
    private static final int STEPS = 1500;
    private static final int SEEDS = Integer.getInteger("gic.seeds", 8);
    private static final List<String> REST = List.of(
            "HCR",
            "MISR",
            "EISR",
            "ELRSR",
            "APR",
            "PMR",
            "BPR",
            "RPR",
            "HPPIR",
            "signalled",
            "maintenance",
            "ISACTIVER1");

    /** Something done, with a name for messages. */
    private record Step(String name, Consumer<VirtualDriver> action) {}

    private int acknowledged;
    private int last = 1023;

    @Test
    void bothVirtualInterfacesAgree() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(run(seed, IchDriver::new)).isEmpty();
        }
        assertThat(acknowledged).isGreaterThan(20 * SEEDS);
    }

    /** A GICv3 whose guests end interrupts of hardware without deactivating them. */
    private static final class NoDeactivation extends IchDriver {
        @Override
        public void list(int n, Entry entry) {
            super.list(
                    n, new Entry(entry.state(), entry.intid(), entry.priority(), 0, entry.end()));
        }
    }

    @Test
    void aPlantedDifferenceIsFound() {
        assertThat(run(1, NoDeactivation::new)).isPresent().get().asString().contains("seed 1, ");
    }

    private Optional<String> run(long seed, Supplier<VirtualDriver> other) {
        Random random = new Random(seed);
        VirtualDriver gich = new GichDriver();
        VirtualDriver ich = other.get();
        List<String> done = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Optional<String> difference;
            if (random.nextInt(4) == 0) {
                done.add("acknowledge");
                int one = gich.acknowledge();
                difference = differs("acknowledge", one, ich.acknowledge());
                last = one == 1023 ? last : one;
                acknowledged += one == 1023 ? 0 : 1;
            } else {
                Step step = step(random);
                done.add(step.name);
                step.action.accept(gich);
                step.action.accept(ich);
                difference = Optional.empty();
            }
            difference = difference.or(() -> compare(gich, ich));
            if (difference.isPresent()) {
                List<String> tail = done.subList(Math.max(0, done.size() - 12), done.size());
                return Optional.of("seed " + seed + ", prefix of " + done.size() + ": "
                        + difference.get() + ", after " + tail);
            }
        }
        return Optional.empty();
    }

    private Step step(Random random) {
        int intid = random.nextInt(6) == 0 ? 32 + random.nextInt(12) : last;
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> fill(random);
            case 3, 4, 5 -> new Step("end " + intid, gic -> gic.end(intid));
            case 6 -> new Step("deactivate " + intid, gic -> gic.deactivate(intid));
            case 7 -> {
                int value = 255 - random.nextInt(random.nextInt(200) + 1);
                yield new Step("mask " + value, gic -> gic.mask(value));
            }
            case 8 -> {
                int bits = random.nextInt(10) == 0 ? 0 : 1 | random.nextInt(16) << 1;
                yield new Step("control " + bits, gic -> gic.control(bits));
            }
            default -> guest(random);
        };
    }

    private static Step guest(Random random) {
        if (random.nextInt(3) == 0) {
            int point = random.nextInt(8);
            return new Step("point " + point, gic -> gic.point(point));
        }
        boolean on = random.nextInt(6) != 0;
        boolean split = random.nextInt(3) == 0;
        return new Step("switches " + on + " " + split, gic -> gic.switches(on, split));
    }

    /** Never two registers with the same interrupt, which is unpredictable. */
    private static Step fill(Random random) {
        int n = random.nextInt(VirtualDriver.LISTS);
        int intid = 32 + 4 * random.nextInt(3) + n;
        boolean hardware = random.nextInt(3) == 0;
        int state = random.nextInt(5) == 0 ? random.nextInt(4) : 1;
        int priority = random.nextInt(32) << 3;
        Entry entry = new Entry(
                state, intid, priority, hardware ? intid : 0, !hardware && random.nextBoolean());
        return new Step("list " + n + " " + entry, gic -> {
            gic.list(n, entry);
            if (hardware) {
                gic.activate(intid);
            }
        });
    }

    private static Optional<String> compare(VirtualDriver one, VirtualDriver other) {
        for (int n = 0; n < VirtualDriver.LISTS; n++) {
            if (!one.list(n).equals(other.list(n))) {
                return Optional.of("LR" + n + " is " + one.list(n) + " and " + other.list(n));
            }
        }
        long[] mine = one.rest();
        long[] theirs = other.rest();
        Optional<String> difference = Optional.empty();
        for (int i = 0; i < mine.length && difference.isEmpty(); i++) {
            difference = differs(REST.get(i), mine[i], theirs[i]);
        }
        return difference;
    }

    private static Optional<String> differs(String what, long one, long other) {
        return one == other
                ? Optional.empty()
                : Optional.of(what + " is 0x" + Long.toHexString(one) + " and 0x"
                        + Long.toHexString(other));
    }
}

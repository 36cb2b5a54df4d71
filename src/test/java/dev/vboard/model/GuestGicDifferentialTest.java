package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.VcpuReport.ListRegister;
import dev.vboard.model.report.VcpuReport.VgicReport;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * The same random doings of a guest with two vCPUs below Xen, on a board with a GICv2 and on one
 * with a GICv3 (gic.md 6, 7 and 10): what each vCPU acknowledges, has pending, active and in list
 * registers, and what becomes of the physical lines, must be equal. Kept out is what the
 * architecture lets differ: each SGI has one sender, as GICv2 keeps senders apart.
 */
class GuestGicDifferentialTest {
    private static final int SEEDS = Integer.getInteger("gic.guest.seeds", 4);
    private static final int STEPS = 250;
    private static final int LINES = 3;
    private static final int VCPUS = 2;
    private static final int SGIS = 4;
    private static final int SPURIOUS = 1023;

    /** One thing a guest or a device does; lines are numbered from 0. */
    private record Step(int kind, int vcpu, int line, int value) {
        static Step random(Random random) {
            return new Step(
                    random.nextInt(15),
                    random.nextInt(VCPUS),
                    random.nextInt(LINES),
                    random.nextInt(32));
        }

        int on(GicGuest guest, List<List<Integer>> taken) {
            int intid = guest.a + line;
            int sgi = value % SGIS;
            switch (kind) {
                case 0, 1, 2 -> guest.live.fire(intid, value % 4 != 0);
                case 3 -> guest.enable(vcpu, intid, value % 4 != 0);
                case 4 -> guest.priority(value % 5 == 0 ? sgi : intid, value << 3);
                case 5 -> guest.aim(intid, vcpu);
                case 6 -> guest.sgi(sgi % VCPUS, sgi, value >> 3 & 3);
                case 7 -> guest.sgiToOthers(sgi % VCPUS, sgi);
                case 8 ->
                    guest.live.done(new Action.VcpuGic(
                            "1", vcpu, value % 6 != 0, OptionalInt.of(248 - (value & 7))));
                case 9 -> guest.live.advance(1000L * value);
                case 10, 11 -> end(guest, taken.get(vcpu), vcpu);
                default -> {
                    return guest.live.ack(1, vcpu);
                }
            }
            return SPURIOUS;
        }

        /** Ends what was acknowledged last; who takes the answers takes it off the list. */
        private static void end(GicGuest guest, List<Integer> taken, int vcpu) {
            if (!taken.isEmpty()) {
                int intid = taken.getLast();
                guest.live.eoi(1, vcpu, intid < 16 ? intid : guest.a + intid - FIRST_LINE);
            }
        }

        boolean ends() {
            return kind == 10 || kind == 11;
        }
    }

    /** Lines have these numbers on both boards once told apart from the board's own. */
    private static final int FIRST_LINE = 2000;

    private static GicGuest guest(String profile) {
        GicGuest guest = new GicGuest(profile);
        guest.with(guest.a, guest.b, guest.c);
        guest.second();
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            for (int sgi = 0; sgi < SGIS; sgi++) {
                guest.enable(vcpu, sgi, true);
            }
        }
        return guest;
    }

    private static int common(GicGuest guest, int intid) {
        boolean isLine = intid >= guest.a && intid < guest.a + LINES;
        return isLine ? intid - guest.a + FIRST_LINE : intid;
    }

    private static List<Integer> common(GicGuest guest, List<Integer> intids) {
        return intids.stream()
                .filter(intid -> intid >= 16)
                .map(intid -> common(guest, intid))
                .toList();
    }

    private static List<String> seen(GicGuest guest) {
        List<String> all = new ArrayList<>();
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            VgicReport vgic = guest.vgic(vcpu);
            all.add("vcpu " + vcpu + " on " + vgic.distributorOn() + vgic.interfaceOn());
            all.add("mask " + vgic.pmr());
            all.add("enabled " + common(guest, vgic.enabled()));
            all.add("pending " + common(guest, vgic.pending()));
            all.add("active " + common(guest, vgic.active()));
            for (ListRegister entry : vgic.listRegisters()) {
                all.add("LR" + entry.index() + " " + common(guest, entry.virq()) + entry.state()
                        + entry.priority());
            }
        }
        for (int line = 0; line < LINES; line++) {
            InterruptReport physical = guest.physical(guest.a + line);
            all.add("line " + line + physical.enabled() + physical.pending() + physical.active()
                    + physical.targets());
        }
        return all;
    }

    private static Optional<String> run(long seed, boolean planted) {
        Random random = new Random(seed);
        GicGuest v2 = guest(GicGuest.V2);
        GicGuest v3 = guest(GicGuest.V3);
        List<List<Integer>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        List<Step> done = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Step step = Step.random(random);
            done.add(step);
            int one = common(v2, step.on(v2, taken));
            boolean lost = planted && step.kind == 4;
            int other = lost ? SPURIOUS : common(v3, step.on(v3, taken));
            if (one != other || !seen(v2).equals(seen(v3))) {
                return Optional.of("seed " + seed + ", prefix of " + done.size() + ": " + one
                        + " and " + other + ", " + seen(v2) + " and " + seen(v3) + ", after "
                        + done.subList(Math.max(0, done.size() - 10), done.size()));
            }
            List<Integer> own = taken.get(step.vcpu);
            if (step.ends() && !own.isEmpty()) {
                own.removeLast();
            } else if (one != SPURIOUS) {
                own.add(one);
            }
        }
        return Optional.empty();
    }

    @Test
    void aGuestCannotTellWhichGicItsHypervisorHas() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(run(seed, false)).isEmpty();
        }
    }

    @Test
    void aPlantedDifferenceIsFoundWithItsSeed() {
        assertThat(run(1, true)).isPresent().get().asString().startsWith("seed 1, prefix of ");
    }
}

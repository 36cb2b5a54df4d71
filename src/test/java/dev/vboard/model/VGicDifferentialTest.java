package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * The same seeded random calls on fixture B with a GICv2 and with a GICv3: what guests see of their
 * interrupts, where these go, and who sleeps is the same (gic.md 10).
 */
class VGicDifferentialTest {
    private static final int SEEDS = 15;
    private static final int CALLS = 250;
    private static final long SECOND = 1_000_000_000L;

    /** A call in the words of the version. */
    private interface Call {
        Command on(FixtureB board);
    }

    @Test
    void guestsCannotTellWhichVersionTheyRunOnButByItsRegisters() {
        for (int seed = 0; seed < SEEDS; seed++) {
            FixtureB one = FixtureB.on("fixture-qemu-virt");
            FixtureB other = FixtureB.on(GicGuest.V3);
            Random random = new Random(seed);
            List<String> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Call call = call(random, one);
                calls.add(call.on(one).toString());
                Machine.Settle settle = Machine.Settle.values()[random.nextInt(3)];
                String asked = "seed " + seed + ": " + String.join("\n", calls);
                assertEquals(made(one, call, settle), made(other, call, settle), asked);
                assertEquals(seen(one), seen(other), asked);
            }
        }
    }

    private static String made(FixtureB b, Call call, Machine.Settle settle) {
        return b.live.machine.handle(b.live.board, call.on(b), settle, () -> false)
                        instanceof Outcome.Refused refused
                ? refused.why().code()
                : "done";
    }

    /** What there is to see, but for the registers. */
    private static List<Object> seen(FixtureB b) {
        List<Object> seen = new ArrayList<>();
        seen.add(b.live.summary().nowNs());
        seen.add(b.state());
        if (b.state() == BoardState.OFF) {
            return seen;
        }
        seen.add(b.live.host().spiTargets());
        seen.add(b.live.host().wakeCause());
        for (DomainReport domain : b.live.<List<DomainReport>>done(new Query.Domains())) {
            seen.add(domain.state());
            seen.add(domain.observables());
            for (int vcpu = 0; vcpu < domain.vcpus().size(); vcpu++) {
                VcpuReport report = b.live.vcpu(domain.id(), vcpu);
                seen.add(report.state());
                seen.add(report.pcpu());
                seen.add(report.irqPending());
                seen.add(report.vgic());
                seen.add(report.registers());
            }
        }
        return seen;
    }

    private static Call call(Random random, FixtureB b) {
        int domain = random.nextInt(3);
        int vcpu = domain == 1 ? 0 : random.nextInt(2);
        int line = List.of(b.rtc, b.line1, b.line2).get(domain);
        int sgi = domain == 1 ? 1 : 2 + vcpu;
        Caller.Vcpu who = LiveBoard.caller(domain, vcpu);
        boolean on = random.nextInt(4) > 0;
        int priority = random.nextInt(32) << 3;
        String d = Integer.toString(domain);
        int intid = random.nextBoolean() ? line : sgi;
        int target = domain == 1 ? 0 : random.nextInt(2);
        int targets = domain == 1 ? 1 : random.nextInt(4);
        Command plain = switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> fire(line, on);
            case 8, 9, 10, 11, 12, 13, 14, 15 -> new Action.Acknowledge(who);
            case 16, 17, 18, 19, 20, 21 -> new Action.EndOfInterrupt(who, intid, 0);
            case 22, 23, 24 -> change(d, vcpu, intid, Optional.of(on), OptionalInt.empty());
            case 25 -> change(d, vcpu, intid, Optional.empty(), OptionalInt.of(priority));
            case 26 -> aim(d, vcpu, line, target);
            case 27 -> new Action.VcpuGic(d, vcpu, on, OptionalInt.of(priority | 0xC0));
            case 28 -> new Action.Wfi(who);
            case 29 -> new Action.EventChannel(d, 1);
            case 30 -> new Action.Advance(random.nextInt(3) * SECOND);
            case 31 -> LiveBoard.call(who, "SYSTEM_SUSPEND", FixtureB.ENTRY, 7);
            case 32 -> LiveBoard.call(LiveBoard.caller(2 * vcpu, 1), "CPU_OFF");
            case 33, 34 -> LiveBoard.call(who, "CPU_ON", 1, FixtureB.ENTRY, 7);
            case 35, 36 -> LiveBoard.verb(domain, "resume");
            case 37, 38 -> fire(b.rtc, on);
            default -> new Query.Host();
        };
        return random.nextInt(8) == 0
                ? board -> GicGuest.sgi(board.live, who, sgi, targets)
                : board -> plain;
    }

    private static Action fire(int intid, boolean level) {
        return LiveBoard.line(intid, level);
    }

    private static Action change(
            String domain, int vcpu, int intid, Optional<Boolean> enabled, OptionalInt priority) {
        return new Action.VcpuInterrupt(
                domain, vcpu, intid, enabled, priority, Optional.empty(), Optional.empty());
    }

    private static Action aim(String domain, int vcpu, int intid, int target) {
        return new Action.VcpuInterrupt(
                domain,
                vcpu,
                intid,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(List.of(target)),
                Optional.empty());
    }
}

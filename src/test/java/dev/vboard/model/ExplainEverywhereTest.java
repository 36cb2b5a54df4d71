package dev.vboard.model;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a board says of itself is what happens, on every board and flavour, in states that nobody
 * has thought of: after each of some random actions each claim is tried on a fork (issue 4, item
 * 10; xen-suspend.md 2.3 to 2.8, W1 to W14).
 */
class ExplainEverywhereTest {
    private static final List<String> PROFILES = List.of(
            "zcu102",
            "fixture-zcu102",
            "qemu-virt",
            "fixture-qemu-virt",
            "qemu-virt-gicv3",
            "fixture-qemu-virt-gicv3",
            "rcar-h3",
            "fixture-rcar-h3",
            "imx8qm",
            "fixture-imx8qm-lines",
            "imx8mq",
            "fvp-base",
            "fixture-no-suspend");
    private static final List<String> FLAVOURS =
            List.of("rfc2018", "upstream", "host-v8", "host-v11");
    private static final int ACTIONS = Integer.getInteger("explain.actions", 14);

    private static final int RUNS = Integer.getInteger("explain.runs", 1);

    private final List<Integer> lines = new ArrayList<>();

    static Stream<Arguments> boards() {
        return PROFILES.stream()
                .flatMap(profile ->
                        FLAVOURS.stream().map(flavour -> Arguments.of(profile, flavour)));
    }

    /** Two lines with nothing behind them, for D1 and D2, and two more for Dom0's devices. */
    private LiveBoard board(String profile, String flavour, int run) {
        LiveBoard live = new LiveBoard(profile, options(flavour, run));
        BoardProfile of = new Catalog().find(profile).orElseThrow().profile();
        lines.clear();
        int last = of.gic().intids() - 1;
        for (int intid = last; intid >= 32 && lines.size() < 2; intid--) {
            if (of.deviceOfIntid(intid).isEmpty()) {
                lines.add(intid);
            }
        }
        live.create(1, LiveBoard.pinned(1), lines.get(0));
        live.create(2, LiveBoard.pinned(2, 3), lines.get(1));
        boolean acts = live.domain(0).guest() == Guest.LINUX;
        for (int intid : live.domain(0).interrupts()) {
            // A line that is held up keeps a Linux awake, which its outlook does not foresee.
            lines.add(acts ? lines.getLast() : intid);
        }
        if (run % 2 != 0 || run % 5 == 4) {
            live.done(third(run));
        }
        live.listen(1, 0, lines.get(0));
        live.listen(2, 0, lines.get(1));
        if (!acts) {
            live.listen(0, 0, lines.get(2));
        }
        return live;
    }

    /** Runs take turns in who drives Dom0, in its roles, and whether xl may ask guests. */
    private static BootOptions options(String flavour, int run) {
        return new BootOptions(
                flavour,
                List.of(),
                false,
                "AFTER_DOM0_RAN",
                false,
                run % 2 != 0,
                2,
                2,
                new TreeMap<>(),
                run % 3 == 2 ? Guest.LINUX : Guest.MANUAL,
                run % 5 == 4 ? List.of(Role.CONTROL) : List.of(Role.HARDWARE, Role.CONTROL),
                List.of(),
                true);
    }

    private static Action.CreateDomain third(int run) {
        return new NewDomain()
                .named("d3")
                .pinned(1, 2)
                .guest(Guest.LINUX)
                .roles(run % 5 == 4 ? Role.HARDWARE : Role.CONTROL)
                .asked();
    }

    private int line(Random random) {
        int few = Math.min(lines.size(), 4);
        return lines.get(random.nextInt(random.nextInt(3) == 0 ? lines.size() : few));
    }

    private Action random(LiveBoard live, Random random) {
        int number = random.nextInt(3);
        String domain = Integer.toString(number);
        int vcpu = random.nextInt(4) == 0 && number != 1 ? 1 : 0;
        Caller caller = LiveBoard.caller(number, vcpu);
        return switch (random.nextInt(23)) {
            case 22 ->
                new Action.Hypercall(
                        domain,
                        0,
                        "SCHEDOP_shutdown",
                        OptionalInt.of(2),
                        OptionalInt.empty(),
                        OptionalLong.empty());
            case 20 -> LiveBoard.verb(3, random.nextInt(4) == 0 ? "resume" : "suspend");
            case 21 -> LiveBoard.verb(random.nextInt(4), "suspend");
            case 0, 1, 2 ->
                new Action.VcpuInterrupt(
                        domain,
                        0,
                        random.nextInt(4) == 0
                                ? List.of(27, 30, 31, 161).get(random.nextInt(4))
                                : line(random),
                        Optional.of(random.nextInt(4) != 0),
                        OptionalInt.of(0x80),
                        random.nextInt(3) == 0 && number != 1
                                ? Optional.of(List.of(random.nextInt(2)))
                                : Optional.empty(),
                        Optional.empty());
            case 3 -> new Action.VcpuGic(domain, vcpu, true, OptionalInt.of(0xF8));
            case 4 -> LiveBoard.verb(number, random.nextBoolean() ? "pause" : "unpause");
            case 5 -> LiveBoard.verb(number, "resume");
            case 6 -> LiveBoard.line(line(random), random.nextBoolean());
            case 7 -> new Action.Acknowledge(caller);
            case 8 -> new Action.EndOfInterrupt(caller, line(random), 0);
            case 9 ->
                new Action.VcpuTimer(
                        domain,
                        0,
                        Optional.of(random.nextBoolean()),
                        Optional.of(random.nextBoolean()),
                        OptionalLong.of(live.summary().nowNs() + 1_000_000_000L));
            case 10 -> LiveBoard.call(caller, "CPU_ON", 1 - vcpu, 0x4000_0000L, 0);
            case 11 -> LiveBoard.call(LiveBoard.caller(number, 1), "CPU_OFF");
            case 12 -> new Action.EventChannel(domain, 5);
            case 13, 14 -> sysreg(caller, "CNTP_TVAL_EL0", 1_000_000);
            case 15 -> sysreg(caller, "CNTP_CTL_EL0", random.nextInt(4));
            default -> {
                Action unused = LiveBoard.call(LiveBoard.caller(number, 1), "CPU_OFF");
                live.handle(unused);
                yield LiveBoard.call(
                        LiveBoard.caller(number, 0), "SYSTEM_SUSPEND", ExplainTrials.ENTRY, 0x55);
            }
        };
    }

    private static Action sysreg(Caller caller, String name, long value) {
        return new Action.Sysreg(caller, name, OptionalLong.of(value), false);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void whatItSaysIsWhatHappens(String profile, String flavour) {
        int first = Math.floorMod(profile.hashCode() + flavour.hashCode(), 30);
        for (int run = first; run < first + RUNS; run++) {
            Random random = new Random(31L * run + profile.hashCode());
            LiveBoard live = board(profile, flavour, run);
            live.tamper();
            List<String> said = new ArrayList<>();
            for (int i = 0; i < ACTIONS; i++) {
                Action action = random(live, random);
                said.add(action.toString());
                live.handle(action);
                try {
                    ExplainTrials.verify(live);
                } catch (AssertionError e) {
                    throw new AssertionError("run " + run + " " + said + "\n" + e.getMessage(), e);
                }
            }
        }
    }
}

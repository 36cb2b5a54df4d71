package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.Observables;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.model.xen.SuspendStep;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Seeded random calls on fixture B, many of them in the middle of a suspend: a refusal changes
 * nothing, no interrupt is slept over, and what was paused, taken down or held is given back. The
 * number of seeds is {@code -Dvboard.simulation.seeds}.
 */
class XenSimulationTest {
    private static final int SEEDS = Integer.getInteger("vboard.simulation.seeds", 12);
    private static final int CALLS = 250;
    private static final int MOST_EVENTS = 500;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> FATAL = List.of("resume-entry", "gic-resume", "iommu-resume");

    /** Steps whose failure Xen survives. */
    private static final List<String> STEPS =
            SuspendStep.names().stream().filter(step -> !FATAL.contains(step)).toList();

    @ParameterizedTest
    @CsvSource({
        "rfc2018, fixture-zcu102, false",
        "rfc2018, fixture-qemu-virt, false",
        "rfc2018, fixture-qemu-virt-gicv3, false",
        "rfc2018, fixture-zcu102, true",
        "upstream, fixture-zcu102, false",
        "host-v8, fixture-zcu102, false",
        "host-v8, fixture-qemu-virt-gicv3, true",
        "host-v11, fixture-qemu-virt, false",
        "host-v11, fixture-zcu102, true",
    })
    void nothingIsLostWhateverIsCalledWhen(String flavour, String profile, boolean faults) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<String> calls = new ArrayList<>();
            try {
                simulate(FixtureB.of(flavour, profile), faults, new Random(seed), calls);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + String.join("\n", calls), e);
            }
        }
    }

    private static void simulate(FixtureB b, boolean faults, Random random, List<String> calls) {
        for (int i = 0; i < CALLS; i++) {
            Command call = faults && random.nextInt(12) == 0 ? failing(random) : call(b, random);
            calls.add(call.toString());
            long before = b.live.board.fingerprint();
            int events = b.live.log.size();
            Machine.Settle settle = Machine.Settle.values()[random.nextInt(3)];
            Outcome outcome = b.live.machine.handle(b.live.board, call, settle, () -> false);
            if (outcome instanceof Outcome.Refused) {
                assertEquals(before, b.live.board.fingerprint(), "a refusal changes nothing");
            }
            assertEquals(b.live.board.computeFingerprint(), b.live.board.fingerprint());
            assertTrue(b.live.log.size() - events < MOST_EVENTS, "no storm of events");
            check(b);
        }
        b.live.handle(new Action.UntilSettled(OptionalLong.empty()));
        check(b);
        assertTrue(b.state() != BoardState.CRASHED);
        assertTrue(faults || b.live.count("fault") == 0);
    }

    private static void check(FixtureB b) {
        boolean runs = b.state() == BoardState.RUNNING && b.live.clock().settled();
        if (b.state() == BoardState.OFF) {
            return;
        }
        List<CpuReport> cpus = b.live.done(new Query.Cpus());
        Set<Optional<CpuReport.RunningVcpu>> running = new HashSet<>();
        for (CpuReport cpu : cpus) {
            assertTrue(cpu.running().isEmpty() || running.add(cpu.running()), "on one CPU only");
        }
        for (DomainReport domain : b.live.<List<DomainReport>>done(new Query.Domains())) {
            domainIsSound(b, domain, cpus, runs);
        }
        if (runs) {
            HostReport host = b.live.host();
            assertEquals(Optional.of(HostReport.SystemState.ACTIVE), host.systemState());
            for (HostReport.CpuResources held : host.resources()) {
                boolean online = cpus.get(held.cpu()).online();
                assertEquals(online ? 1 : 0, held.percpuArea());
                assertEquals(online ? 3 : 0, held.ppiHandlers());
            }
        }
    }

    private static void domainIsSound(
            FixtureB b, DomainReport domain, List<CpuReport> cpus, boolean runs) {
        Observables seen = domain.observables();
        boolean kept =
                seen.pauseCount() > 0 || seen.shutdownState() != Observables.ShutdownState.NONE;
        assertTrue(seen.pauseCount() >= seen.controllerPauseCount());
        assertTrue(!runs || seen.pauseCount() == seen.controllerPauseCount(), "nobody is held");
        for (DomainReport.VcpuSummary summary : domain.vcpus()) {
            VcpuReport vcpu = b.live.vcpu(domain.id(), summary.id());
            assertTrue(!kept || vcpu.state() != VcpuReport.State.RUNNING, "held or shut down");
            if (runs && vcpu.state() == VcpuReport.State.RUNNABLE && vcpu.pcpu().isPresent()) {
                CpuReport cpu = cpus.get(vcpu.pcpu().getAsInt());
                assertTrue(!cpu.online() || cpu.running().isPresent(), "no CPU idles meanwhile");
            }
            boolean sleeps = runs
                    && vcpu.state() == VcpuReport.State.BLOCKED
                    && domain.state() == DomainReport.State.SUSPENDED;
            if (sleeps && vcpu.vgic().pmr() > 160) {
                List<Integer> wakes = new ArrayList<>(vcpu.vgic().pending());
                wakes.retainAll(vcpu.vgic().enabled());
                assertEquals(List.of(), wakes, "d" + domain.id() + " sleeps over these");
            }
        }
    }

    private static Command failing(Random random) {
        String step = STEPS.get(random.nextInt(STEPS.size()));
        boolean perCpu = SuspendStep.find(step).orElseThrow().perCpu();
        return Injected.step(step, perCpu ? 1 + random.nextInt(3) : -1, -12);
    }

    private static Command call(FixtureB b, Random random) {
        int domain = random.nextInt(3);
        String d = Integer.toString(domain);
        Caller.Vcpu caller = LiveBoard.caller(domain, random.nextInt(4) == 0 ? 1 : 0);
        int line = List.of(b.rtc, b.line1, b.line2, b.line2 + 1).get(random.nextInt(4));
        return switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                LiveBoard.call(caller, "SYSTEM_SUSPEND", FixtureB.ENTRY, random.nextInt(99));
            case 3, 4 -> fire(line, random);
            case 5 -> new Action.Acknowledge(caller);
            case 6 -> new Action.EndOfInterrupt(caller, line, 0);
            case 7 -> new Action.Wfi(caller);
            case 8 -> LiveBoard.call(caller, "CPU_ON", random.nextInt(3), FixtureB.ENTRY, 0);
            case 9 -> LiveBoard.call(caller, random.nextBoolean() ? "CPU_OFF" : "CPU_SUSPEND");
            case 10 -> LiveBoard.verb(domain, random.nextBoolean() ? "pause" : "unpause");
            case 11 -> LiveBoard.verb(domain, "resume");
            case 12 -> new Action.EventChannel(d, 1);
            case 13 ->
                new Action.VcpuTimer(
                        d,
                        caller.vcpu(),
                        Optional.of(true),
                        Optional.of(random.nextBoolean()),
                        OptionalLong.of(random.nextLong(5 * SECOND)));
            case 14 -> new Action.Affinity(d, caller.vcpu(), List.of(random.nextInt(4)));
            case 15 -> new Action.CpuOnline(random.nextInt(4), random.nextInt(3) > 0);
            case 16 -> enable(caller, List.of(27, 31, line).get(random.nextInt(3)), random);
            case 17 ->
                new Action.VcpuInterrupt(
                        d,
                        caller.vcpu(),
                        line,
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.of(List.of(random.nextInt(2))),
                        Optional.empty());
            case 18 ->
                new Action.Sysreg(
                        caller, "CNTP_TVAL_EL0", OptionalLong.of(random.nextInt(1_000_000)), false);
            default ->
                new Action.Advance(random.nextLong(random.nextBoolean() ? 3_000_000 : SECOND));
        };
    }

    private static Action fire(int line, Random random) {
        boolean later = random.nextInt(3) == 0;
        return new Action.Fire(
                OptionalInt.of(line),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(random.nextInt(3) > 0),
                later
                        ? Optional.of(new Action.At(random.nextInt(5_000_000), true))
                        : Optional.empty());
    }

    private static Action enable(Caller.Vcpu caller, int intid, Random random) {
        return new Action.VcpuInterrupt(
                caller.domain(),
                caller.vcpu(),
                intid,
                Optional.of(random.nextInt(4) > 0),
                OptionalInt.of(160),
                Optional.empty(),
                Optional.empty());
    }
}

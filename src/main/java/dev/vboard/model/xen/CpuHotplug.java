package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.CpuHazard;
import dev.vboard.model.hazard.GicHazard;

import java.util.Optional;

/**
 * Takes one physical CPU out of Xen or brings it in, one at a time: at boot, for a host suspend and
 * for the toolstack (xen-suspend.md 4.4, 5.2).
 */
final class CpuHotplug {
    static final int EBUSY = -16;
    static final int EIO = -5;
    static final int ENODEV = -19;

    private static final long CPU_OFF = 0x8400_0002L;
    private static final long CPU_ON = 0xC400_0003L;
    private static final long AFFINITY_INFO = 0xC400_0004L;
    private static final long AFFINITY_OFF = 1;
    private static final long IRQ_WINDOW_NANOS = 1_000_000L;
    private static final long DEATH_NANOS = 100_000_000L;
    private static final long ARRIVAL_NANOS = 1_000_000_000L;

    private static final int DENIED = -3;

    private final Hypervisor xen;
    private final CpuAdmission admission;
    private final DeathWatch deathWatch;
    private final Choice<Phase> phase;
    private final Cell cpu;
    private final Cell error;
    private final Flag forGood;
    private final Deadline deadline;

    /** How far the operation is. */
    private enum Phase {
        NONE,
        DYING,
        STALLED,
        WAITING_FOR_OFF,
        WAITING_FOR_ONLINE
    }

    CpuHotplug(Hypervisor xen, Layout layout) {
        this.xen = xen;
        admission = new CpuAdmission(xen);
        Layout own = layout.named("hotplug");
        phase = own.choice("phase", Phase.class);
        cpu = own.cell("cpu", 8);
        error = own.cell("error", 16);
        forGood = own.flag("for-good");
        deathWatch = new DeathWatch(xen, own);
        deadline = own.deadline("wait", Deadline.Kind.PROGRESS, this::timePassed);
    }

    boolean busy(Board board) {
        return !phase.is(board, Phase.NONE);
    }

    /** Result of the last operation: 0 or a negative errno. */
    int error(Board board) {
        return (short) error.getInt(board);
    }

    private void finish(Board board, int result) {
        phase.set(board, Phase.NONE);
        deadline.cancel(board);
        error.set(board, result);
        if (result != 0) {
            xen.checks.cpus.stayedAway(board, xen.pcpus.get(cpu.getInt(board)));
        }
    }

    /** Starts to take a CPU down; while the host suspends its vCPUs and its area stay. */
    void down(Board board, int victim) {
        cpu.set(board, victim);
        phase.set(board, Phase.DYING);
        Pcpu pcpu = xen.pcpus.get(victim);
        pcpu.state.set(board, Pcpu.State.DYING);
        if (someoneIsDeaf(board)) {
            return;
        }
        forGood.set(board, xen.active(board));
        if (forGood.get(board)) {
            xen.scheduler.abandon(board, victim);
        }
        if (!forGood.get(board)) {
            xen.timers.leaveBehind(board, victim);
        }
        xen.handlers.release(board, victim, forGood.get(board));
        if (xen.suffers(board, CpuHazard.HZ_65)) {
            cutInterface(board, victim);
        }
        pcpu.state.set(board, Pcpu.State.STOPPING);
        if (aDeadFlagIsLeftOver(board)) {
            dead(board, victim);
            pcpu.state.set(board, Pcpu.State.STOPPING);
            pcpu.booting.arm(board, xen.now(board) + IRQ_WINDOW_NANOS);
            return;
        }
        deadline.arm(board, xen.now(board) + IRQ_WINDOW_NANOS);
    }

    /** The rendezvous that stops the machine waits for every CPU, and one never hears of it. */
    private boolean someoneIsDeaf(Board board) {
        for (Pcpu pcpu : xen.pcpus) {
            if (pcpu.online(board) && pcpu.deaf.get(board)) {
                return true;
            }
        }
        return false;
    }

    /** A CPU parked earlier set the shared flag, and nobody has cleared it since. */
    private boolean aDeadFlagIsLeftOver(Board board) {
        for (Pcpu pcpu : xen.pcpus) {
            if (pcpu.parked.get(board)) {
                return xen.suffers(board, CpuHazard.HZ_16);
            }
        }
        return false;
    }

    /** What is pending on a CPU has been taken by now. */
    private void cutInterface(Board board, int victim) {
        xen.gic.cpuDisable(board, victim);
        if (xen.suffers(board, GicHazard.HZ_42)) {
            xen.gic.selectBypass(board, victim);
            EventType.FAULT.emit(board, xen.now(board), victim, Events.ABSENT, "LEGACY_IRQ");
        }
        xen.checks.cpus.interfaceCut(board, victim);
    }

    private void timePassed(Board board) {
        int id = cpu.getInt(board);
        switch (phase.get(board)) {
            case DYING -> leave(board, id);
            case STALLED -> proceed(board, id, !deathWatch.sees(board, id));
            case WAITING_FOR_OFF -> {
                xen.pcpus.get(id).lingers.set(board, true);
                dead(board, id);
            }
            case WAITING_FOR_ONLINE -> neverCame(board, id);
            case NONE -> throw new IllegalStateException("no CPU is on its way");
        }
        xen.advance(board);
    }

    /** The CPU is out of the online map, and has its idle loop to reach. */
    private void leave(Board board, int victim) {
        if (!xen.hazards.on(board, CpuHazard.HZ_65)) {
            cutInterface(board, victim);
        }
        xen.checks.cpus.leaving(board, victim);
        proceed(board, victim, deathWatch.begins(board, victim));
    }

    private void proceed(Board board, int victim, boolean held) {
        if (held) {
            phase.set(board, Phase.STALLED);
            deadline.arm(board, xen.now(board) + DeathWatch.LOOK_NANOS);
        } else {
            callCpuOff(board, victim);
        }
    }

    /** In the idle loop: the dead flag is set, then CPU_OFF called. */
    private void callCpuOff(Board board, int victim) {
        Pcpu pcpu = xen.pcpus.get(victim);
        if (xen.suffers(board, CpuHazard.HZ_14)) {
            dead(board, victim);
            pcpu.state.set(board, Pcpu.State.SPINNING);
            return;
        }
        if (xen.suffers(board, CpuHazard.HZ_17)) {
            xen.bug(board, "PSCI cpu off failed for CPU" + victim + " err=" + DENIED);
            return;
        }
        pcpu.executes.set(board, false);
        if (!off(board, victim)) {
            return;
        }
        if (xen.suffers(board, CpuHazard.HZ_15)) {
            dead(board, victim);
            return;
        }
        phase.set(board, Phase.WAITING_FOR_OFF);
        deadline.arm(board, xen.now(board) + DEATH_NANOS);
    }

    /** A CPU calls CPU_OFF; when firmware refuses, Xen panics (HZ-17), and it answers false. */
    private boolean off(Board board, int id) {
        long result = xen.platform.smc(board, id, CPU_OFF, 0, 0, 0);
        if (result != Platform.NOT_RETURNED) {
            xen.panic(board, "PSCI cpu off failed for CPU" + id + " err=" + (int) result);
        }
        return result == Platform.NOT_RETURNED;
    }

    /** Looks whether what is waited for has happened. */
    void poll(Board board) {
        int id = cpu.getInt(board);
        if (phase.is(board, Phase.WAITING_FOR_OFF) && affinityOff(board, id)) {
            dead(board, id);
        } else if (phase.is(board, Phase.WAITING_FOR_ONLINE)
                && xen.pcpus.get(id).state.is(board, Pcpu.State.ONLINE)) {
            finish(board, 0);
        }
    }

    private boolean affinityOff(Board board, int id) {
        long mpidr = xen.platform.profile().cpus().get(id).mpidr();
        return xen.platform.smc(board, 0, AFFINITY_INFO, mpidr, 0, 0) == AFFINITY_OFF;
    }

    private void dead(Board board, int victim) {
        Pcpu pcpu = xen.pcpus.get(victim);
        xen.checks.cpus.takenApart(board, victim);
        pcpu.state.set(board, Pcpu.State.OFF);
        pcpu.errataApplied.set(board, false);
        if (forGood.get(board) || !xen.hazards.on(board, CpuHazard.HZ_07)) {
            pcpu.freeMaps(board);
        }
        if (forGood.get(board)) {
            xen.checks.cpus.heapUsed(board, 0);
            pcpu.percpuArea.set(board, 0);
        } else if (xen.suffers(board, CpuHazard.HZ_05)) {
            // A callback frees it, and nobody waits for that.
            pcpu.areaLeaves.set(board, true);
        }
        xen.irqs.retarget(board, victim);
        finish(board, 0);
    }

    /** Starts to bring a CPU up. */
    void up(Board board, int newcomer) {
        cpu.set(board, newcomer);
        Pcpu pcpu = xen.pcpus.get(newcomer);
        if (touchesInitText(board, newcomer) || findsOldArea(board, newcomer)) {
            return;
        }
        xen.checks.cpus.heapUsed(board, 0);
        pcpu.allocate(board, xen.resuming(board) && xen.suffers(board, CpuHazard.HZ_07));
        xen.print(board, "Bringing up CPU" + newcomer);
        long mpidr = xen.platform.profile().cpus().get(newcomer).mpidr();
        long result = xen.platform.smc(board, 0, CPU_ON, mpidr, xen.platform.xenBase(), 0);
        if (result != 0) {
            xen.print(board, "Failed to bring up CPU" + newcomer);
            giveUp(board, pcpu, Pcpu.State.OFF, (int) result);
            return;
        }
        pcpu.state.set(board, Pcpu.State.ON_PENDING);
        phase.set(board, Phase.WAITING_FOR_ONLINE);
        deadline.arm(board, xen.now(board) + ARRIVAL_NANOS);
    }

    private boolean touchesInitText(Board board, int newcomer) {
        boolean touches = xen.booting(board) || xen.suffers(board, CpuHazard.HZ_08);
        if (!touches || xen.initText.touch(board, 0)) {
            return false;
        }
        xen.bug(board, "CPU0 executes init text to bring up CPU" + newcomer);
        return true;
    }

    /** An area kept over the suspend is used again; in any other state there must be none. */
    private boolean findsOldArea(Board board, int newcomer) {
        Pcpu pcpu = xen.pcpus.get(newcomer);
        if (pcpu.percpuArea.get(board) == 0) {
            return false;
        }
        boolean usable = xen.resuming(board)
                && !pcpu.areaLeaves.get(board)
                && !xen.suffers(board, CpuHazard.HZ_06);
        if (!usable) {
            finish(board, EBUSY);
        }
        return !usable;
    }

    private void neverCame(Board board, int id) {
        xen.print(board, "CPU" + id + " never came online");
        Pcpu pcpu = xen.pcpus.get(id);
        boolean parked = pcpu.state.is(board, Pcpu.State.PARKED);
        xen.platform.gaveUp().accept(board, id);
        giveUp(board, pcpu, parked ? Pcpu.State.PARKED : Pcpu.State.NEVER_ONLINE, EIO);
    }

    /** The notifiers that prepare a CPU refuse: it stays off, and what it had is freed (R14). */
    void refused(Board board, int id, int result) {
        cpu.set(board, id);
        giveUp(board, xen.pcpus.get(id), Pcpu.State.OFF, result);
    }

    /** The result is an errno, or what EL3 answered to CPU_ON, as {@code __cpu_up} passes it on. */
    private void giveUp(Board board, Pcpu pcpu, Pcpu.State state, int result) {
        boolean spins = pcpu.state.is(board, Pcpu.State.SPINNING);
        pcpu.state.set(board, spins ? Pcpu.State.SPINNING : state);
        pcpu.ppiHandlers.set(board, 0);
        pcpu.percpuArea.set(board, 0);
        pcpu.areaLeaves.set(board, false);
        pcpu.freeMaps(board);
        pcpu.booting.cancel(board);
        finish(board, result);
    }

    /** A secondary executes its first instruction: admission, then its boot takes its time. */
    void arrived(Board board, int id) {
        Pcpu pcpu = xen.pcpus.get(id);
        if (!pcpu.state.is(board, Pcpu.State.ON_PENDING)) {
            return;
        }
        pcpu.state.set(board, Pcpu.State.STARTING);
        Optional<String> refusal = admission.refuses(board, pcpu);
        if (refusal.isPresent()) {
            park(board, pcpu, refusal.get());
            return;
        }
        if (!setUp(board, id)) {
            xen.print(board, "CPU" + id + ": Failed to initialize the GIC: " + ENODEV);
            park(board, pcpu, "gic");
            return;
        }
        pcpu.booting.arm(board, xen.now(board) + xen.platform.profile().timing().cpuBootNs());
    }

    private void park(Board board, Pcpu pcpu, String reason) {
        pcpu.parked.set(board, true);
        pcpu.state.set(board, Pcpu.State.PARKED);
        EventType.CPU_PARKED.emit(board, xen.now(board), pcpu.id, reason);
        boolean unused = off(board, pcpu.id);
    }

    /** A secondary has finished its boot. */
    void booted(Board board, Pcpu pcpu) {
        if (pcpu.state.is(board, Pcpu.State.STOPPING)) {
            pcpu.executes.set(board, false);
            pcpu.state.set(board, Pcpu.State.OFF);
            boolean unused = off(board, pcpu.id);
            return;
        }
        pcpu.state.set(board, Pcpu.State.ONLINE);
        xen.handlers.request(board, pcpu.id);
        xen.checks.cpus.online(board, pcpu);
        xen.print(board, "CPU " + pcpu.id + " booted.");
        xen.scheduler.cpuArrived(board, pcpu.id);
        xen.advance(board);
    }

    /** The boot CPU comes up by itself. */
    void bootCpu(Board board) {
        Pcpu pcpu = xen.pcpus.getFirst();
        pcpu.state.set(board, Pcpu.State.ONLINE);
        pcpu.allocate(board, false);
        xen.gic.distributorInit(board);
        if (!setUp(board, 0)) {
            xen.panic(board, "Failed to initialize the GIC drivers");
        }
        xen.handlers.request(board, 0);
        xen.checks.cpus.online(board, pcpu);
    }

    /**
     * What each CPU does before it is online; CPU_STARTING must not fail (xen-suspend.md 5.2).
     *
     * @return false when its interrupt controller does not work
     */
    private boolean setUp(Board board, int id) {
        boolean late = !xen.booting(board);
        boolean unheeded = late && xen.suffers(board, CpuHazard.HZ_44);
        if (!unheeded && !xen.gic.cpuInit(board, id)) {
            return false;
        }
        xen.pcpus.get(id).deaf.set(board, unheeded);
        xen.timers.cpuInit(board, id);
        xen.features.program(board, id);
        boolean applied = !late || !xen.suffers(board, CpuHazard.HZ_09);
        xen.pcpus.get(id).errataApplied.set(board, applied);
        xen.pcpus.get(id).executes.set(board, true);
        xen.pcpus.get(id).lingers.set(board, false);
        return true;
    }
}

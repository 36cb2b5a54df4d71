package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.cpu.CpuRegister;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.ClockReport;
import dev.vboard.model.report.ClockReport.PendingDeadline;
import dev.vboard.model.report.CpuCount;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.PowerReport;
import dev.vboard.model.report.ScheduledFire;
import dev.vboard.model.report.U64;
import dev.vboard.model.report.WakeCause;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Pcpu;
import dev.vboard.model.xen.SoftTimers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What reads answer. A report changes nothing. */
final class Reports {
    private static final double SUPPLY_VOLTS = 12.0;
    private static final double AMPERES_ASLEEP = 0.05;
    private static final double AMPERES_AWAKE = 0.4;
    private static final double AMPERES_PER_CPU = 0.2;
    private static final String HYPERVISOR_TIMER = "cnthp";

    private final Hardware hardware;
    private final Hypervisor xen;
    private final StateWatch watch;
    private final DeviceReports devices;
    private final DomainReports domains;
    private final HostReports host;
    private final XlReports xl;
    private final Explanations explanations;

    Reports(Hardware hardware, Hypervisor xen, StateWatch watch) {
        this.hardware = hardware;
        this.xen = xen;
        this.watch = watch;
        devices = new DeviceReports(hardware, xen);
        domains = new DomainReports(hardware, xen);
        host = new HostReports(hardware, xen);
        xl = new XlReports(hardware, xen, domains);
        explanations = new Explanations(hardware, xen, watch);
    }

    DeviceReports devices() {
        return devices;
    }

    DomainReports domains() {
        return domains;
    }

    HostReports host() {
        return host;
    }

    Explanations explanations() {
        return explanations;
    }

    XlReports xl() {
        return xl;
    }

    BoardSummary summary(Board board) {
        int online = 0;
        for (Cpu cpu : hardware.cpus) {
            online += online(board, cpu) ? 1 : 0;
        }
        SortedMap<DomainReport.State, Integer> byState = new TreeMap<>();
        for (DomainReport.State state : DomainReport.State.values()) {
            byState.put(state, 0);
        }
        if (board.has(Board.XEN)) {
            for (Domain domain : xen.domains().live(board)) {
                byState.merge(DomainReports.state(board, domain), 1, Integer::sum);
            }
        }
        return new BoardSummary(
                watch.state(board),
                hardware.clock.now(board),
                new CpuCount(online, hardware.cpus.size()),
                byState,
                wakeCause(board));
    }

    Optional<WakeCause> wakeCause(Board board) {
        return host.wakeCause(board);
    }

    /** Power as the supply of the board would measure it: by the number of CPUs that run. */
    PowerReport power(Board board) {
        boolean on = hardware.powered.get(board);
        int running = 0;
        for (Cpu cpu : hardware.cpus) {
            running += cpu.is(board, CpuPower.ON) ? 1 : 0;
        }
        double drawn = hardware.wake.asleep(board)
                ? AMPERES_ASLEEP
                : AMPERES_AWAKE + AMPERES_PER_CPU * running;
        double amperes = on ? drawn : 0;
        return new PowerReport(
                on ? PowerReport.Switch.ON : PowerReport.Switch.OFF,
                on ? SUPPLY_VOLTS : 0,
                Math.round(amperes * 100) / 100.0);
    }

    private boolean online(Board board, Cpu cpu) {
        return board.has(Board.XEN)
                ? xen.pcpus().get(cpu.id()).online(board)
                : cpu.is(board, CpuPower.ON);
    }

    List<CpuReport> cpus(Board board) {
        List<CpuReport> list = new ArrayList<>();
        hardware.cpus.forEach(cpu -> list.add(cpu(board, cpu.id())));
        return list;
    }

    CpuReport cpu(Board board, int id) {
        Cpu cpu = hardware.cpus.get(id);
        boolean hasXen = board.has(Board.XEN);
        Optional<CpuReport.XenState> xenState = Optional.empty();
        Optional<CpuReport.RunningVcpu> running = Optional.empty();
        if (hasXen) {
            Pcpu pcpu = xen.pcpus().get(id);
            xenState = Optional.of(CpuReport.XenState.valueOf(pcpu.state(board).name()));
            if (!pcpu.idle(board)) {
                Domain domain = xen.domains().inSlot(board, pcpu.currentSlot(board));
                running = Optional.of(
                        new CpuReport.RunningVcpu(domain.id(board), pcpu.currentVcpu(board)));
            }
        }
        boolean executes = hardware.psci.executes(board, id);
        return new CpuReport(
                id,
                U64.of(cpu.mpidr()),
                cpu.spec().core(),
                cpu.spec().cluster(),
                CpuReport.Power.valueOf(cpu.power(board).name()),
                xenState,
                online(board, cpu),
                hasXen || !executes ? 2 : cpu.exceptionLevel(board),
                executes && (hasXen ? xenRuns(board, id) : cpu.mmuEnabled(board)),
                cpu.irqMasked(board),
                executes && hardware.gic.signals(board, id),
                running,
                registers(board, cpu));
    }

    /** Xen runs with its MMU on from the moment a CPU is online. */
    private boolean xenRuns(Board board, int id) {
        Pcpu.State state = xen.pcpus().get(id).state(board);
        return state == Pcpu.State.ONLINE || state == Pcpu.State.DYING;
    }

    private static SortedMap<String, U64> registers(Board board, Cpu cpu) {
        SortedMap<String, U64> registers = new TreeMap<>();
        for (int i = 0; i < 31; i++) {
            registers.put("x" + i, U64.of(cpu.gprs().x(i).get(board)));
        }
        registers.put("sp_el0", U64.of(cpu.gprs().spEl0().get(board)));
        registers.put("sp_el1", U64.of(cpu.gprs().spEl1().get(board)));
        registers.put("pc", U64.of(cpu.gprs().pc().get(board)));
        registers.put("pstate", U64.of(cpu.gprs().pstate().get(board)));
        for (CpuRegister register : CpuRegister.values()) {
            registers.put(
                    register.name().toLowerCase(Locale.ROOT),
                    U64.of(cpu.register(register).get(board)));
        }
        return registers;
    }

    ClockReport clock(Board board, boolean settled) {
        List<PendingDeadline> pending = new ArrayList<>();
        for (int slot = 0; slot < board.slots(); slot++) {
            for (Deadline deadline : board.shape(slot).deadlines()) {
                boolean xens = board.has(Board.XEN) && deadline.name().contains(HYPERVISOR_TIMER);
                if (deadline.armed(board) && !xens) {
                    pending.add(entry(
                            deadline.get(board),
                            deadline.kind() == Deadline.Kind.PROGRESS,
                            deadline.name()));
                }
            }
        }
        if (board.has(Board.XEN)) {
            for (SoftTimers.Running timer : xen.timers().running(board)) {
                pending.add(entry(timer.atNanos(), false, timer.what()));
            }
        }
        for (ScheduledFire fire : hardware.fires.all(board)) {
            pending.add(entry(fire.atNs(), false, "fire " + fire.intid()));
        }
        pending.sort((a, b) -> Long.compare(a.atNs(), b.atNs()));
        return new ClockReport(
                hardware.clock.now(board),
                hardware.powered.get(board)
                        ? OptionalLong.of(hardware.clock.poweredOnAt(board))
                        : OptionalLong.empty(),
                settled,
                pending);
    }

    private static PendingDeadline entry(long at, boolean progress, String what) {
        return new PendingDeadline(
                at, progress ? PendingDeadline.Kind.PROGRESS : PendingDeadline.Kind.WAITING, what);
    }

    /** An INTID that is there, or none. */
    static OptionalInt optional(int value) {
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}

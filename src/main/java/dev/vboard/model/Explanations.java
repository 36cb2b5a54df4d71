package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.ExplainReport;
import dev.vboard.model.report.ExplainReport.Blocker;
import dev.vboard.model.report.ExplainReport.BoardOutlook;
import dev.vboard.model.report.ExplainReport.DomainOutlook;
import dev.vboard.model.report.ExplainReport.Reason;
import dev.vboard.model.report.ExplainReport.WakeOutlook;
import dev.vboard.model.report.ExplainReport.WakeReason;
import dev.vboard.model.report.Owner;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Why a board does not suspend, and what would wake it; nothing is changed by asking. */
final class Explanations {
    private static final long NOT_SUPPORTED = -1;
    private static final long DENIED = -3;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final StateWatch watch;
    private final WakeController.Distributor distributor;

    Explanations(Hardware hardware, Hypervisor xen, StateWatch watch) {
        this.hardware = hardware;
        this.xen = xen;
        this.watch = watch;
        distributor = hardware.psci.distributor();
    }

    ExplainReport explain(Board board) {
        boolean has = board.has(Board.XEN);
        List<DomainOutlook> domains = has ? domains(board) : List.of();
        BoardState state = watch.state(board);
        return new ExplainReport(
                state,
                has ? Optional.of(xen.flavour(board).wire()) : Optional.empty(),
                board(board, state, domains),
                domains,
                interrupts(board));
    }

    private BoardOutlook board(Board board, BoardState state, List<DomainOutlook> domains) {
        Optional<Blocker> whole = switch (state) {
            case OFF -> Optional.of(blocker(Reason.BOARD_OFF, "the board has no power"));
            case CRASHED -> Optional.of(blocker(Reason.BOARD_CRASHED, "Xen has crashed"));
            case SUSPENDED, SUSPENDING, RESUMING ->
                Optional.of(blocker(Reason.BOARD_ASLEEP, "the board sleeps, or is on its way"));
            case RUNNING -> Optional.empty();
        };
        if (whole.isPresent()) {
            return new BoardOutlook(false, OptionalInt.empty(), List.of(whole.get()));
        }
        if (!board.has(Board.XEN)) {
            List<Blocker> found = withoutXen(board);
            return new BoardOutlook(found.isEmpty(), OptionalInt.empty(), found);
        }
        Optional<DomainOutlook> caller = caller(domains);
        return caller.isPresent()
                ? new BoardOutlook(
                        caller.get().canSuspend(),
                        OptionalInt.of(caller.get().domain()),
                        caller.get().blockers())
                : new BoardOutlook(false, OptionalInt.empty(), nobodyAsks(domains));
    }

    /** Of those that may ask the first that would succeed, else the first. */
    private static Optional<DomainOutlook> caller(List<DomainOutlook> domains) {
        Optional<DomainOutlook> first = Optional.empty();
        for (DomainOutlook domain : domains) {
            if (domain.asksForBoard() && domain.canSuspend()) {
                return Optional.of(domain);
            }
            if (domain.asksForBoard() && first.isEmpty()) {
                first = Optional.of(domain);
            }
        }
        return first;
    }

    /** Of a Xen that lets no domain suspend the machine, what its hardware domain is told. */
    private static List<Blocker> nobodyAsks(List<DomainOutlook> domains) {
        List<Blocker> found = new ArrayList<>();
        for (DomainOutlook domain : domains) {
            for (Blocker blocker : domain.blockers()) {
                if (blocker.reason() == Reason.HARDWARE_DOMAIN) {
                    found.add(blocker);
                }
            }
        }
        if (found.isEmpty()) {
            found.add(blocker(
                    Reason.NOBODY_ASKS, "no domain's call asks for the suspend of the machine"));
        }
        return found;
    }

    /** The caller is the software on a CPU, and calls EL3 itself. */
    private List<Blocker> withoutXen(Board board) {
        List<Blocker> found = new ArrayList<>();
        if (!hardware.profile.firmware().systemSuspend()) {
            found.add(refusing(Reason.FIRMWARE, NOT_SUPPORTED, "firmware lacks SYSTEM_SUSPEND"));
        }
        boolean first = true;
        for (Cpu cpu : hardware.cpus) {
            boolean on = hardware.psci.executes(board, cpu.id());
            if (on && !first) {
                found.add(refusing(Reason.CPU_ON, DENIED, "CPU " + cpu.id() + " is on"));
            }
            first &= !on;
        }
        return found;
    }

    private static Blocker blocker(Reason reason, String detail) {
        return new Blocker(
                reason,
                detail,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Blocker refusing(Reason reason, long value, String detail) {
        return new Blocker(
                reason,
                detail,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.of(value),
                Optional.of(value == DENIED ? "DENIED" : "NOT_SUPPORTED"),
                OptionalInt.empty());
    }

    private List<DomainOutlook> domains(Board board) {
        List<DomainOutlook> outlooks = new ArrayList<>();
        for (Domain domain : xen.domains().byId(board)) {
            List<Blocker> found = xen.obstacles().of(board, domain);
            outlooks.add(new DomainOutlook(
                    domain.id(board),
                    domain.name(board),
                    found.isEmpty(),
                    xen.obstacles().asksForBoard(board, domain),
                    found,
                    xen.obstacles().virtualSources(board, domain, coordination(board))));
        }
        return outlooks;
    }

    private static OptionalInt coordination(Board board) {
        return ((BootOptions) board.creation()).coordSpi()
                ? OptionalInt.of(DomainVerbs.COORD_INTID)
                : OptionalInt.empty();
    }

    private List<WakeOutlook> interrupts(Board board) {
        List<WakeOutlook> outlooks = new ArrayList<>();
        Intids intids = hardware.lines.intids();
        for (int intid = Intids.PRIVATE; intid < intids.intids(); intid++) {
            Optional<DeviceSpec> device = hardware.profile.deviceOfIntid(intid);
            Optional<Domain> owner = owner(board, intid);
            boolean xens = board.has(Board.XEN) && xen.irqs().isXens(board, intid);
            WakeOutlook outlook = outlook(board, intid, device, owner, xens);
            boolean known = device.isPresent() || owner.isPresent() || xens;
            if (known || !silent(outlook)) {
                outlooks.add(outlook);
            }
        }
        return outlooks;
    }

    /** Whether it is of no interest to anybody: nobody has enabled it, or could. */
    private static boolean silent(WakeOutlook outlook) {
        return outlook.boardReason()
                .filter(reason -> reason != WakeReason.WRONG_TARGET && reason != WakeReason.ACTIVE)
                .isPresent();
    }

    private Optional<Domain> owner(Board board, int intid) {
        int slot = board.has(Board.XEN) ? xen.irqs().ownerSlot(board, intid) : 0;
        return slot == 0 ? Optional.empty() : Optional.of(xen.domains().inSlot(board, slot));
    }

    private WakeOutlook outlook(
            Board board,
            int intid,
            Optional<DeviceSpec> device,
            Optional<Domain> owner,
            boolean xens) {
        Optional<WakeReason> not = waking(board, intid, owner.isPresent() || xens);
        boolean wakesBoard = not.isEmpty();
        Optional<WakeReason> sleepsOn =
                owner.flatMap(domain -> xen.obstacles().resuming(board, domain, intid, wakesBoard));
        return new WakeOutlook(
                intid,
                device.map(DeviceSpec::name),
                xens
                        ? Optional.of(new Owner.XenOwner(true))
                        : owner.map(domain -> new Owner.LineOwner(domain.id(board), intid)),
                wakesBoard,
                not,
                owner.map(_ -> sleepsOn.isEmpty()),
                sleepsOn);
    }

    private Optional<WakeReason> waking(Board board, int intid, boolean handled) {
        boolean has = board.has(Board.XEN);
        if (has && !xen.obstacles().suspendsBoard(board)) {
            return Optional.of(WakeReason.NO_BOARD_SUSPEND);
        }
        int cpu = hardware.wake.asleep(board) ? hardware.wake.cpu(board) : 0;
        int index = hardware.lines.intids().index(0, intid);
        boolean here = handled
                ? xen.obstacles().reachesBootCpu(board, intid)
                : (hardware.gic.targets(board, index) >>> cpu & 1) != 0;
        return switch (hardware.wake.obstacle(board, intid, distributor, here)) {
            case NONE -> Optional.empty();
            case NOT_ENABLED -> Optional.of(WakeReason.NOT_ENABLED);
            case ACTIVE -> Optional.of(WakeReason.ACTIVE);
            case WRONG_TARGET -> Optional.of(WakeReason.WRONG_TARGET);
            case NO_WAKE_NODE -> Optional.of(WakeReason.NO_WAKE_NODE);
            case NODE_NOT_ARMED -> Optional.of(WakeReason.NODE_NOT_ARMED);
        };
    }
}

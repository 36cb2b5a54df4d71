package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.Observables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Those who act without being told to: the guests with software of their own, and xl's daemon,
 * which waits for domains to end (farm.md 11). They act between two actions, as interrupts do.
 */
public final class Actors {
    private final Hypervisor xen;
    private final Flag any;

    Actors(Hypervisor xen, Layout layout) {
        this.xen = xen;
        any = layout.named("actors").flag("any");
    }

    /** From now on that domain is looked after. */
    void watch(Board board, Domain domain) {
        boolean needed = !domain.guest.is(board, DomainReport.Guest.MANUAL);
        for (int code = 0; code < Shutdown.CODES; code++) {
            needed |= !domain.afterShutdown.get(code).is(board, AfterShutdown.PRESERVE);
        }
        if (needed) {
            any.set(board, true);
        }
    }

    /**
     * Lets each of them do what it can do now.
     *
     * @return whether anything was done
     */
    public boolean act(Board board) {
        if (!any.get(board) || xen.crashed(board)) {
            return false;
        }
        boolean moved = false;
        for (Domain domain : xen.domains.byId(board)) {
            moved |= domain.software.react(board);
        }
        for (Domain domain : xen.domains.byId(board)) {
            moved |= ended(board, domain);
        }
        return moved;
    }

    private boolean ended(Board board, Domain domain) {
        int code = domain.shutdownCode(board);
        boolean over = domain.shutdownState.is(board, Observables.ShutdownState.COMPLETE)
                && code != Shutdown.SUSPEND
                && code < Shutdown.CODES
                && !domain.hardware(board);
        if (!over) {
            return false;
        }
        boolean nobody = xen.toolstack()
                .refuses(board, Optional.empty(), Optional.of(domain))
                .isPresent();
        if (nobody) {
            return false;
        }
        AfterShutdown action = domain.afterShutdown.get(code).get(board);
        switch (action) {
            case PRESERVE -> {
                return false;
            }
            case DESTROY, COREDUMP_DESTROY, SOFT_RESET -> xen.toolstack().destroy(board, domain);
            case RESTART, COREDUMP_RESTART -> {
                DomainConfig config = config(board, domain);
                int room = domain.intids.intids() - 1;
                xen.toolstack().destroy(board, domain);
                Domain unused = xen.toolstack().create(board, config, room);
            }
            case RENAME_RESTART -> renameAndRestart(board, domain);
        }
        return true;
    }

    private void renameAndRestart(Board board, Domain domain) {
        boolean room = xen.domains.live(board).size() < xen.domains.capacity();
        DomainConfig config = config(board, domain);
        String suffix = "-" + domain.id(board);
        String name = domain.name(board);
        int kept = Math.min(name.length(), Domain.NAME_BYTES - suffix.length());
        domain.name(board, name.substring(0, kept) + suffix);
        for (var action : domain.afterShutdown) {
            action.set(board, AfterShutdown.PRESERVE);
        }
        if (room) {
            xen.toolstack().giveBack(board, domain);
            Domain unused = xen.toolstack().create(board, config, domain.intids.intids() - 1);
        }
    }

    /** What a domain was created with, as far as it still shows. */
    private DomainConfig config(Board board, Domain domain) {
        List<Integer> affinity = new ArrayList<>();
        for (Vcpu vcpu : domain.vcpus) {
            affinity.add(vcpu.affinity(board));
        }
        List<DomainConfig.PassedLine> lines = new ArrayList<>();
        for (int intid : xen.irqs.ofDomain(board, domain)) {
            if (xen.platform.profile().deviceOfIntid(intid).isEmpty()) {
                boolean edge = domain.vgic.edge.get(board, domain.intids.index(0, intid));
                int vcpu = domain.vgic.target(board, intid);
                lines.add(new DomainConfig.PassedLine(intid, edge, vcpu));
            }
        }
        List<AfterShutdown> actions = new ArrayList<>();
        for (var action : domain.afterShutdown) {
            actions.add(action.get(board));
        }
        return new DomainConfig(
                domain.name(board),
                domain.vcpus.size(),
                affinity,
                domain.memoryMiB(board),
                domain.guest(board),
                false,
                domain.control(board),
                domain.is32Bit(board),
                false,
                domain.entryPoint.get(board),
                xen.devices.namesOf(board, domain),
                lines,
                actions,
                domain.extras(board));
    }
}

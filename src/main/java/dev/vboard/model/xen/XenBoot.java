package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Layout;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.report.HostReport;

import java.util.List;

/** The boot of Xen: the boot CPU, the others one by one, then Dom0. */
public final class XenBoot {
    private static final long DOM0_KERNEL_OFFSET = 0x8_0000;

    private final Hypervisor xen;
    private final Cell nextCpu;
    private final Cell dom0Online;

    /**
     * What a boot is configured with.
     *
     * @param flavour generation of suspend
     * @param hazards bugs switched on
     * @param hmpUnsafe Xen's option of that name
     * @param domuRelease when DomUs run after a host suspend (D1)
     * @param rfcText whether the way back follows the RFC's text (D18)
     * @param dom0 Dom0 as a domain
     * @param dom0Online how many of its vCPUs run after boot
     */
    public record Config(
            Flavour flavour,
            List<Hazard> hazards,
            boolean hmpUnsafe,
            String domuRelease,
            boolean rfcText,
            DomainConfig dom0,
            int dom0Online) {}

    XenBoot(Hypervisor xen, Layout layout) {
        this.xen = xen;
        nextCpu = layout.named("boot").cell("next-cpu", 8);
        dom0Online = layout.named("boot").cell("dom0-online", 8);
    }

    /**
     * Gives a board its hypervisor, before it executes anything; Dom0 is laid out but not started.
     */
    public void configure(Board board, Config config) {
        board.attach(xen.shape());
        xen.flavour(board, config.flavour());
        xen.hazards.set(board, config.hazards());
        xen.hmpUnsafe(board, config.hmpUnsafe());
        xen.dom0First.configure(board, config.domuRelease());
        xen.hostSuspend.rfcText(board, config.rfcText());
        dom0Online.set(board, config.dom0Online());
        Domain dom0 = xen.toolstack().layOut(board, config.dom0(), xen.gic.spis());
        for (DomainConfig.PassedLine line : config.dom0().lines()) {
            xen.irqs.reserve(board, line, dom0);
        }
    }

    void begin(Board board) {
        xen.systemState(board, HostReport.SystemState.BOOT);
        xen.features.forget(board);
        EventType.XEN_STARTED.emit(board, xen.now(board), "");
        xen.hotplug.bootCpu(board);
        xen.print(board, "Using PSCI v" + xen.platform.profile().firmware().psci());
        xen.print(board, "Using SMC Calling Convention v1.2");
        xen.hostGate.probe(board);
        xen.systemState(board, HostReport.SystemState.SMP_BOOT);
        nextCpu.set(board, 0);
        advance(board);
    }

    /** Continues when the CPU that was waited for is there, or has been given up. */
    void advance(Board board) {
        while (xen.systemState(board) == HostReport.SystemState.SMP_BOOT
                && !xen.hotplug.busy(board)) {
            int last = nextCpu.getInt(board);
            if (last > 0 && xen.hotplug.error(board) != 0) {
                xen.print(
                        board,
                        "Failed to bring up CPU " + last + " (error " + xen.hotplug.error(board)
                                + ")");
            }
            if (last + 1 == xen.platform.cpus()) {
                startDom0(board);
            } else {
                nextCpu.set(board, last + 1L);
                xen.hotplug.up(board, last + 1);
            }
        }
    }

    private void startDom0(Board board) {
        xen.hostSuspend.steps().bootCpu().booted(board);
        xen.initText.release(board);
        xen.features.decide(board);
        xen.systemState(board, HostReport.SystemState.ACTIVE);
        Domain dom0 = xen.domains.live(board).getFirst();
        xen.iommu.boot(board);
        xen.devices.distribute(board, dom0);
        dom0.counterOffset.set(board, xen.platform.clock().counter(board));
        MemoryRange ram = xen.platform.profile().memory().getFirst();
        long entry = ram.base() + DOM0_KERNEL_OFFSET;
        for (Vcpu vcpu : dom0.vcpus) {
            xen.scheduler.assignAtCreation(board, vcpu);
        }
        xen.irqs.bind(board, dom0);
        EventType.DOMAIN_CREATED.emit(board, xen.now(board), 0, dom0.name(board));
        for (int i = 0; i < Math.min(dom0Online.getInt(board), dom0.vcpus.size()); i++) {
            xen.toolstack().start(board, dom0, dom0.vcpus.get(i), entry);
        }
    }
}

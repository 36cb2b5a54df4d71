package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around devices: IOMMU, console, EEMI (xen-suspend.md 7.1). */
public enum DeviceHazard implements Hazard {
    HZ_45(
            "iommu-context-lost",
            "D,18",
            "SMMU power lost with FPD, not restored.",
            "DMA faults or bypass after resume.",
            "IOMMU callbacks.",
            SignalInvariant.I19),
    HZ_46(
            "iommu-hook-missing",
            "18, 25",
            "Callback null to jump to 0; or driver silently skipped.",
            "BoardFault NULL_CALL or HZ-45.",
            "Check for the callback; without one the host cannot suspend.",
            SignalInvariant.I19,
            GuestInvariant.I25),
    HZ_47(
            "smmuv3-unclean",
            "v7-v10",
            "Commands in flight / IRQs on / MSI doorbell config lost.",
            "Stale TLB entry after resume; SMMU event IRQ lost.",
            "Queues drained, interrupts off, MSI configuration kept.",
            SignalInvariant.I19),
    HZ_48(
            "uart-not-resumed",
            "D",
            "UART lost power, no hook.",
            "Console silent after resume.",
            "Hook or keep powered.",
            SignalInvariant.I20),
    HZ_48B(
            "print-while-stolen",
            "18",
            "Code logs between console suspend and resume expecting output.",
            "Line missing on the wire but in the ring.",
            "Buffer, expect loss.",
            SignalInvariant.I20),
    HZ_63(
            "eemi-foreign-node",
            "D",
            "Mediator forwards a DomU's request for somebody else's node.",
            "Victim's device powered down.",
            "NO_ACCESS.",
            GuestInvariant.I27),
    HZ_64(
            "eemi-self-suspend-forwarded",
            "D",
            "PM_SELF_SUSPEND reaches firmware.",
            "PCPU powers down behind Xen's back.",
            "Swallow.",
            CpuInvariant.I1),
    HZ_73(
            "ipmmu-order",
            "v9",
            "Cache units restored before the root unit.",
            "Faults on first DMA.",
            "Root first.",
            SignalInvariant.I19),
    HZ_76(
            "console-kept-after-failed-suspend",
            "v8-v11",
            "Console hook fails after output was stolen; unwinding skips the give-back.",
            "Host ACTIVE, no byte on the wire ever again.",
            "Hook undoes its own steal.",
            SignalInvariant.I20);

    private final Story story;

    DeviceHazard(
            String shortName,
            String generations,
            String wrong,
            String symptom,
            String correct,
            Invariant... detectors) {
        story = new Story(shortName, generations, wrong, symptom, correct, List.of(detectors));
    }

    @Override
    public Story story() {
        return story;
    }

    @Override
    public int index() {
        return 5 * CHAPTER + ordinal();
    }
}

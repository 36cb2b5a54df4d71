package dev.vboard.model.hazard;

/** Invariants of interrupts, timers, DMA and the console (xen-suspend.md 7.2). */
public enum SignalInvariant implements Invariant {
    I5(
            "No deliverable (enabled, pending, beating the priority mask) wake interrupt of a "
                    + "suspended or blocked owner older than wakeBound (default 500 ms virtual) "
                    + "while the owner is not progressing, unless the owner is legitimately "
                    + "paused (flavour rules).",
            "when the board settles, and when the clock passes wakeBound"),
    I10(
            "With only pCPU0 online each enabled SPI has pCPU0 in its target set.",
            "el3-system-suspend"),
    I11(
            "After resume each SPI target equals its pre-suspend target unless its vCPU or "
                    + "CPU changed.",
            "board-resumed"),
    I17(
            "Hypervisor-owned GIC/timer-control state after resume equals the saved one; "
                    + "after an abort equals the one before.",
            "board-resumed, end of an aborted attempt"),
    I18(
            "From timers-quiet until the SMC no EL2/physical compare timer is enabled.",
            "el3-system-suspend, and timer writes in the window"),
    I19(
            "No DMA passes untranslated or faults because of lost IOMMU configuration after "
                    + "R11.",
            "each DMA after iommu-resume"),
    I20(
            "Bytes accepted by the console after resume appear on the wire; none in the "
                    + "stolen window.",
            "each console byte"),
    I21(
            "No watchdog expiry caused by time spent suspended or frozen; remaining time "
                    + "preserved (+- tick).",
            "watchdog expiry, domain-resumed, thaw"),
    I22("System counter and every guest's CNTVCT are monotonic.", "counter reads, board-resumed");

    private final int number = Integer.parseInt(name().substring(1));
    private final String text;
    private final String checkedAt;

    SignalInvariant(String text, String checkedAt) {
        this.text = text;
        this.checkedAt = checkedAt;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String checkedAt() {
        return checkedAt;
    }
}

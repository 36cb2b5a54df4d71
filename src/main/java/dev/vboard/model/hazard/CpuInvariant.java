package dev.vboard.model.hazard;

/** Invariants of physical CPUs and what Xen keeps for each (xen-suspend.md 7.2). */
public enum CpuInvariant implements Invariant {
    I1(
            "At EL3 SYSTEM_SUSPEND entry: caller is pCPU0 and every other CPU is OFF in EL3's "
                    + "view.",
            "el3-system-suspend"),
    I12(
            "Per-pCPU resource counters are 0/1 and total is equal before/after every "
                    + "completed cycle.",
            "board-resumed"),
    I13(
            "Each ONLINE pCPU has exactly the expected PPI/SGI handlers, enabled.",
            "a pCPU becomes ONLINE, board-resumed"),
    I14(
            "Each ONLINE pCPU: VTCR = system value, and its features admit it.",
            "a pCPU becomes ONLINE, board-resumed"),
    I15("No init-text access after boot.", "each init-text access"),
    I16("Each ONLINE pCPU applied errata since its last power-up.", "a pCPU becomes ONLINE"),
    I31("A parked CPU never re-appears.", "a pCPU becomes ONLINE"),
    I34("No heap operation with IRQs off while >1 CPU online.", "each heap operation");

    private final int number = Integer.parseInt(name().substring(1));
    private final String text;
    private final String checkedAt;

    CpuInvariant(String text, String checkedAt) {
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

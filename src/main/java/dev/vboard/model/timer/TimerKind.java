package dev.vboard.model.timer;

import java.util.Locale;

/** The timers each CPU has (DDI 0487 D12); all drive level-sensitive PPIs. */
public enum TimerKind {
    /** The non-secure EL1 physical timer. */
    CNTP(30),
    /** The virtual timer: compares the counter less CNTVOFF_EL2. */
    CNTV(27),
    /** The EL2 physical timer; the hypervisor's own. */
    CNTHP(26),
    /** The secure physical timer. */
    CNTPS(29);

    private final int intid;
    private final String wire;

    TimerKind(int intid) {
        this.intid = intid;
        wire = name().toLowerCase(Locale.ROOT);
    }

    /** The name in cells and reports, for example {@code cntv}. */
    public String wire() {
        return wire;
    }

    /** The PPI it drives. */
    public int intid() {
        return intid;
    }
}

package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around the suspend and resume of one guest (xen-suspend.md 7.1). */
public enum GuestHazard implements Hazard {
    HZ_19(
            "ctx-overwritten-on-switch-out",
            "18",
            "Scheduler saves live registers over the prepared reset context.",
            "Guest resumes after the HVC instead of at entry, MMU on.",
            "Skip save while suspended, or apply at resume.",
            GuestInvariant.I7),
    HZ_20(
            "ctx-partly-protected",
            "25 (v5)",
            "Only SCTLR spared, TCR/TTBR overwritten.",
            "Half-reset context.",
            "Stash and apply at resume.",
            GuestInvariant.I7),
    HZ_20B(
            "vgic-vtimer-not-saved",
            "18",
            "Early return also skips vGIC and vtimer save.",
            "Pending list registers vanish; vtimer never fires.",
            "Save both before returning.",
            SignalInvariant.I5,
            SignalInvariant.I17),
    HZ_21(
            "context-id-clobbered",
            "18",
            "PSCI handler writes result 0 into x0 after the context was prepared.",
            "Guest gets x0=0.",
            "Do not write result on success.",
            GuestInvariant.I7),
    HZ_22(
            "continuation-writes-regs",
            "18-v5",
            "Hypercall continuation stores the host status in guest registers.",
            "X0 = host errno at entry; guest status tied to host status.",
            "Own tasklet.",
            GuestInvariant.I7,
            GuestInvariant.I25),
    HZ_23(
            "shutdown-code-collision",
            "18",
            "PSCI-suspended domain looks like one saved for migration (and vice versa); xl "
                    + "save of it stores a reset context, a saver's domain is not switched-out "
                    + "correctly.",
            "Restored guest restarts at 0/entry; missing register state.",
            "Separate marker or context stash.",
            GuestInvariant.I8,
            GuestInvariant.I9),
    HZ_24(
            "hwdom-suspend-shuts-machine",
            "25",
            "Dom0's suspend goes through the generic shutdown hook.",
            "Log Hardware Dom0 shutdown (unknown reason 2): and reboot.",
            "Refuse (upstream) or bypass hook (v7+).",
            GuestInvariant.I25),
    HZ_25(
            "online-check-race",
            "18-25",
            "Scan without lock: another vCPU executes CPU_ON in between.",
            "Domain suspended with a running vCPU.",
            "Scan under lock, or after pausing.",
            GuestInvariant.I2),
    HZ_26(
            "caller-not-boot-vcpu",
            "18",
            "VCPU1 suspends, later only vCPU0 is woken.",
            "Domain never runs.",
            "Wake the caller; or refuse id!=0.",
            SignalInvariant.I5),
    HZ_27(
            "pending-lost-guest",
            "18",
            "Guest blocks although an enabled interrupt is already pending.",
            "DomU sleeps with pending IRQ.",
            "A deliverable interrupt makes the suspend end at once.",
            SignalInvariant.I5),
    HZ_28(
            "no-switch-no-reset",
            "18",
            "Pending case: same vCPU keeps the CPU, so hardware EL1 registers are never "
                    + "reloaded and marker never cleared.",
            "Guest runs entry with MMU on; domain still 'suspended'; watchdog stopped for "
                    + "ever.",
            "Force a context reload.",
            GuestInvariant.I7,
            SignalInvariant.I21),
    HZ_29(
            "spurious-domu-resume",
            "18",
            "Any injection (event channel, shared GPU IRQ) resumes a suspended DomU.",
            "Resume with wake cause not in enabled set.",
            "Filter by enabled set.",
            GuestInvariant.I6),
    HZ_30(
            "irq-to-down-vcpu-dropped",
            "H",
            "(fact, W12) guest left its wake SPI on vCPU1 and offlined it.",
            "Lost wake-up.",
            "Guest bug; report.",
            SignalInvariant.I5),
    HZ_53(
            "features-contradiction",
            "v9",
            "FEATURES says 0, call says NOT_SUPPORTED.",
            "Probe mismatch.",
            "DENIED instead.",
            GuestInvariant.I24),
    HZ_58(
            "latched-code",
            "H",
            "Another code latched earlier; suspend call still returns 'accepted' and stores a "
                    + "resume context.",
            "Domain COMPLETE with code!=2 yet resumeCtx set; later assertion.",
            "D10: DENIED, nothing stored.",
            GuestInvariant.I9),
    HZ_59(
            "resume-ctx-race",
            "v16",
            "Resumer reads context before it was stored.",
            "Resumes with empty context to after-HVC.",
            "Whoever resumes waits until the caller has left its CPU.",
            GuestInvariant.I8),
    HZ_60(
            "smc32-upper-bits",
            "up to Mar-26",
            "Upper 32 bits of arguments used.",
            "Wrong entry address.",
            "Truncate.",
            GuestInvariant.I7),
    HZ_61(
            "debug-not-masked",
            "up to Jun-26",
            "PSTATE.D clear at entry.",
            "Debug exception at entry.",
            "Mask.",
            GuestInvariant.I7),
    HZ_69(
            "vgic-isactiver-abort",
            "up to Jun-18",
            "Zero write aborts.",
            "Guest data abort on its resume.",
            "Ignore zero write."),
    HZ_70(
            "oslsr-trap",
            "up to Jun-18",
            "OS-lock status read undefined.",
            "Guest undef on resume.",
            "Emulate."),
    HZ_75(
            "resume-revives-dead-domain",
            "H",
            "Xl resume accepted for a domain shut down by crash/poweroff.",
            "Crashed guest continues.",
            "Refuse unless code = suspend.",
            GuestInvariant.I6);

    private final Story story;

    GuestHazard(
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
        return 2 * CHAPTER + ordinal();
    }
}

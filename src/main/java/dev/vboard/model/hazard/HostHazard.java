package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around the suspend of the machine as a whole (xen-suspend.md 7.1). */
public enum HostHazard implements Hazard {
    HZ_18(
            "suspend-on-wrong-cpu",
            "18",
            "Suspend runs on the pCPU where Dom0's vCPU happened to be.",
            "CPU0 gets taken down / assertion.",
            "Always pCPU0.",
            HostInvariant.I28),
    HZ_27H(
            "pending-lost-host",
            "18",
            "Host goes down although Dom0 has a deliverable virtual interrupt.",
            "Whole board asleep with work pending.",
            "Look again after the freeze, and abandon the attempt.",
            SignalInvariant.I5),
    HZ_31(
            "domu-before-dom0",
            "D,18",
            "Wake interrupt unblocks DomU; thaw lets it run before Dom0 is unblocked.",
            "Event order DomU < Dom0.",
            "Other domains wait until a control domain has run.",
            HostInvariant.I4),
    HZ_32(
            "dom0-not-resumed",
            "18",
            "After a DomU-caused wake nobody unblocks Dom0.",
            "Host ACTIVE, Dom0 suspended.",
            "The initiator is resumed last, whatever woke the machine.",
            HostInvariant.I26),
    HZ_33(
            "pause-imbalance",
            "all",
            "An error path forgets thaw or thaws twice.",
            "Frozen domain for ever, or toolstack-paused domain runs.",
            "Every way back thaws each domain exactly once.",
            HostInvariant.I3,
            HostInvariant.I33),
    HZ_49(
            "resume-root-unset",
            "18",
            "Uniprocessor: page-table root pointer never published.",
            "Fault at R2.",
            "Publish in step 12.",
            HostInvariant.I29),
    HZ_50(
            "mapping-rights-not-restored",
            "18",
            "W^X bit or identity map left wrong after wake.",
            "I30 violation.",
            "Write-implies-XN again and the identity map off.",
            HostInvariant.I30),
    HZ_51(
            "ctx-save-restore-mismatch",
            "v5-v8",
            "Save by pointer, restore from fixed global; field order by hand.",
            "Wrong EL2 registers after wake.",
            "One object, generated offsets.",
            HostInvariant.I29),
    HZ_52(
            "cnthctl-not-saved",
            "up to v9",
            "Counter/timer access control lost on CPU0.",
            "Guest counter reads trap on CPU0 only.",
            "Save it.",
            SignalInvariant.I17),
    HZ_54(
            "no-firmware-check",
            "18, v8",
            "Firmware lacks SYSTEM_SUSPEND, found only at the last step.",
            "Whole suspend unwound, status -1.",
            "Cache at boot, gate.",
            GuestInvariant.I25),
    HZ_55(
            "failure-looks-like-resume",
            "v8 (and 18)",
            "Host failure after acceptance: guest restarts at entry without error.",
            "Dom0 believes it slept.",
            "Accepted by design; expose lastHostStatus."),
    HZ_56(
            "two-control-race",
            "v8",
            "Two control domains suspend at once, each counts the other as awake.",
            "Both parked, host awake, nobody in control.",
            "Global lock.",
            HostInvariant.I26),
    HZ_57(
            "last-control-parked",
            "v8",
            "Last control domain parked though host cannot suspend.",
            "Board unmanageable.",
            "DENIED.",
            HostInvariant.I26),
    HZ_62(
            "colouring",
            "v6-v7",
            "Host suspend with page colouring.",
            "Refused -38, Dom0 still resumed.",
            "Refused with ENOSYS before anything is frozen.",
            GuestInvariant.I25),
    HZ_66(
            "domain-born-during-freeze",
            "18",
            "Freeze order not by id, Dom0 not first.",
            "Unfrozen domain runs during suspend.",
            "Id order.",
            GuestInvariant.I2,
            HostInvariant.I35);

    private final Story story;

    HostHazard(
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
        return 3 * CHAPTER + ordinal();
    }
}

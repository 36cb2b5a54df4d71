package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around physical CPUs, taken down and brought up (xen-suspend.md 7.1). */
public enum CpuHazard implements Hazard {
    HZ_03(
            "ppi-handlers-not-released",
            "D",
            "CPU_DYING leaves the 3 PPI handlers registered.",
            "Second bring-up: handler request fails/duplicate; leak per cycle.",
            "Release on dying, request on bring-up.",
            CpuInvariant.I12,
            CpuInvariant.I13),
    HZ_04(
            "free-with-irqs-off",
            "25",
            "Releasing a dynamically allocated handler inside the IRQ-off rendezvous frees "
                    + "heap.",
            "Assertion local_irq_is_enabled() || num_online_cpus() <= 1 at first CPU down; "
                    + "board fault.",
            "Static per-CPU handler storage, no free.",
            CpuInvariant.I34),
    HZ_04B(
            "irqs-kept-over-suspend",
            "25 (v5/v6)",
            "'never release PPIs while suspending' shortcut: enables not re-done on return.",
            "Guest RCU stall, Dom0 watchdog fires after resume.",
            "Release/re-request normally.",
            CpuInvariant.I13,
            SignalInvariant.I5),
    HZ_05(
            "percpu-free-not-awaited",
            "18",
            "No RCU barrier before R13.",
            "CPU_UP sees old area: -16 to fatal.",
            "Wait for the RCU barrier before the first CPU comes back.",
            CpuInvariant.I12,
            HostInvariant.I23),
    HZ_06(
            "percpu-reinit-on-resume",
            "25",
            "Area kept over SUSPEND but prepare step insists on 'absent'.",
            "Log Error bringing CPU1 up: -16, then Xen BUG at common/cpu.c.",
            "Reuse when state=RESUME.",
            CpuInvariant.I12),
    HZ_07(
            "percpu-memory-lost",
            "D,22",
            "Area/maps/page tables allocated anew each cycle, old reference dropped.",
            "Resource counters grow by k per cycle.",
            "Free on dead or reuse.",
            CpuInvariant.I12),
    HZ_08(
            "init-text-on-bringup",
            "D..H",
            "Bring-up touches boot-only code (cpu_up kick, TEE init, SMMU reset).",
            "BoardFault INIT_TEXT on first resumed CPU.",
            "Nothing of the boot is touched after it.",
            CpuInvariant.I15),
    HZ_09(
            "errata-check-as-at-boot",
            "D",
            "Local errata check for late CPU not made, or enabling fails in CPU_STARTING.",
            "CPU online without workaround, or BUG.",
            "Notifier on CPU_STARTING.",
            CpuInvariant.I16),
    HZ_10(
            "boot-cpu-skips-errata",
            "v5-v9",
            "PCPU0 returns straight into the suspend function.",
            "PCPU0 errataAppliedSincePowerUp=false.",
            "Errata and features are found and applied anew.",
            CpuInvariant.I16),
    HZ_11(
            "vtcr-not-set-late-cpu",
            "D",
            "VTCR only written during boot.",
            "VCPU on resumed CPU takes stage-2 faults / wrong translations.",
            "Program in CPU_STARTING.",
            CpuInvariant.I14),
    HZ_12(
            "vtcr-from-boot-cpu-only",
            "D (MS proposal)",
            "CPU0 alone decides IPA size before others are up.",
            "48-bit tables on a 40-bit core: guest dies there.",
            "Decide after all CPUs reported.",
            CpuInvariant.I14),
    HZ_13(
            "incompatible-cpu-admitted",
            "D",
            "Late CPU that cannot handle the VTCR goes online.",
            "As HZ-12.",
            "Park it.",
            CpuInvariant.I14,
            CpuInvariant.I31),
    HZ_14(
            "stop-without-cpu-off",
            "D",
            "CPU ends in the endless loop without CPU_OFF.",
            "SPINNING; EL3 SYSTEM_SUSPEND to DENIED; power budget wrong.",
            "CPU_OFF before loop (PSCI >= 0.2).",
            CpuInvariant.I1),
    HZ_15(
            "cpu-off-not-awaited",
            "H",
            "Dead flag is set *before* CPU_OFF; CPU0 proceeds while EL3 still counts 2 CPUs.",
            "SYSTEM_SUSPEND to -3 sporadically.",
            "Poll AFFINITY_INFO (D8).",
            CpuInvariant.I1),
    HZ_16(
            "stale-death-flag",
            "H",
            "A CPU parked earlier left the shared flag set; the next CPU-down does not wait.",
            "CPU_DEAD notifiers run while victim still executes.",
            "Clear flag before each CPU-down.",
            CpuInvariant.I12,
            CpuInvariant.I1),
    HZ_17(
            "cpu-off-returns",
            "18",
            "Firmware refuses CPU_OFF.",
            "Log PSCI cpu off failed for CPU%d err=%d, panic.",
            "Panic is the specified result.",
            HostInvariant.I23),
    HZ_44(
            "secondary-gic-failure-ignored",
            "up to Aug-26",
            "CPU marked online with dead GIC interface.",
            "CPU never reacts to IPIs; stop-machine hangs.",
            "Park it.",
            CpuInvariant.I13,
            CpuInvariant.I31),
    HZ_65(
            "cpu-disable-mdelay",
            "18",
            "Interrupt taken in the 1 ms window after the interface was cut is lost.",
            "Lost SGI/PPI on victim only.",
            "Drain first.",
            SignalInvariant.I5),
    HZ_67(
            "stop-machine-busy",
            "18 to H",
            "Another rendezvous active.",
            "-16, a fatal BUG.",
            "Wait/serialise.",
            HostInvariant.I23),
    HZ_68(
            "ffa-sri-lost",
            "up to v6",
            "FF-A notification handler not re-registered per CPU.",
            "Notifications stop on resumed CPUs.",
            "Request it again for each CPU.",
            CpuInvariant.I13),
    HZ_71(
            "timers-migrated",
            "22",
            "Timers moved to CPU0 at CPU down, not back.",
            "Dom0 freezes after resume.",
            "Migrate back on CPU_ONLINE.",
            SignalInvariant.I5),
    HZ_72(
            "failed-cpu-vcpu-stuck",
            "19",
            "CPU missing after resume, vCPUs bound to it untouched.",
            "VCPU runnable for ever without CPU.",
            "Affinity broken, the vCPU moved.",
            SignalInvariant.I5);

    private final Story story;

    CpuHazard(
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
        return 0 * CHAPTER + ordinal();
    }
}

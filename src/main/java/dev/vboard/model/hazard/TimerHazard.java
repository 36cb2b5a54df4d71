package dev.vboard.model.hazard;

import java.util.List;

/** Known bugs around timers and watchdogs (xen-suspend.md 7.1). */
public enum TimerHazard implements Hazard {
    HZ_34(
            "watchdog-fires-suspended",
            "18",
            "Watchdog runs on while domain is suspended.",
            "Watchdog timer 0 fired for d1, domain shut down at resume.",
            "Stop/shift.",
            SignalInvariant.I21),
    HZ_34B(
            "watchdog-swallowed",
            "25 to H",
            "Expiry during suspend ignored, timer never re-armed.",
            "After resume the domain is unprotected.",
            "Re-arm remaining time (D9).",
            SignalInvariant.I21),
    HZ_35(
            "watchdog-fires-frozen",
            "18",
            "Only frozen, not suspended domains: deadline passed during sleep.",
            "At thaw Watchdog timer…; for Dom0 the machine reboots.",
            "Shift frozen domains' deadlines too.",
            SignalInvariant.I21),
    HZ_36(
            "timers-quiet-irqs-on",
            "18-v8",
            "A softirq between 'timers quiet' and IRQs-off re-arms the hypervisor timer.",
            "Wake after few ms, cause = timer.",
            "IRQs off first.",
            SignalInvariant.I18),
    HZ_37(
            "timer-left-running",
            "18",
            "Hypervisor timer not stopped.",
            "Immediate spurious wake.",
            "Stop it.",
            SignalInvariant.I18,
            GuestInvariant.I6),
    HZ_74(
            "watchdog-service-window",
            "25",
            "Userspace pinging daemon frozen before the domain is marked suspended; short "
                    + "timeout expires.",
            "Reboot at suspend entry.",
            "Stop service in pre-suspend hook.",
            SignalInvariant.I21);

    private final Story story;

    TimerHazard(
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
        return 4 * CHAPTER + ordinal();
    }
}

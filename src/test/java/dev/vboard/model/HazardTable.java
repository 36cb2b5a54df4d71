package dev.vboard.model;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue's table of xen-suspend.md 7.1: which script shows which hazard, and by what. */
final class HazardTable {
    private static final String ZCU102 = "fixture-zcu102";

    private HazardTable() {}

    static List<HazardCase> all() {
        return Stream.of(cpus(), gic(), guests(), machine(), timers(), devices(), others())
                .flatMap(List::stream)
                .toList();
    }

    /** Those of which the catalogue names a second invariant that needs a script of its own. */
    static List<HazardCase> more() {
        return List.of(shows("HZ-33", HazardScripts::dom0OverAnEventAndD1Paused, "I33"));
    }

    private static HazardCase cycle(String hazard, String... invariants) {
        return HazardCase.on(ZCU102, hazard, HazardScripts::cycle, invariants);
    }

    private static HazardCase shows(String hazard, HazardCase.Script script, String... invariants) {
        return HazardCase.on(ZCU102, hazard, script, invariants);
    }

    private static List<HazardCase> cpus() {
        return List.of(
                cycle("HZ-03", "I12", "I13"),
                cycle("HZ-04", "I34"),
                cycle("HZ-04b", "I13"),
                cycle("HZ-05", "I12", "I23"),
                cycle("HZ-06", "I12"),
                cycle("HZ-07", "I12"),
                cycle("HZ-08", "I15"),
                cycle("HZ-09", "I16"),
                cycle("HZ-10", "I16"),
                cycle("HZ-11", "I14"),
                HazardCase.on("fixture-narrow", "HZ-12", HazardScripts::cycle, "I14"),
                cycle("HZ-14", "I1"),
                HazardCase.on("fixture-slow-cpu-off", "HZ-15", HazardScripts::cycle, "I1"),
                HazardCase.on("fixture-parked", "HZ-16", HazardScripts::cycle, "I12", "I1"),
                cycle("HZ-17", "I23"),
                cycle("HZ-44", "I13", "I31"),
                shows("HZ-65", HazardScripts::sgiInTheWindow, "I5"),
                shows("HZ-67", HazardScripts::offlineWhileSuspending, "I23"),
                HazardCase.on("fixture-trusted-os", "HZ-68", HazardScripts::cycle, "I13"),
                shows("HZ-71", HazardScripts::waitingForATimer, "I5"),
                shows("HZ-72", HazardScripts::aCoreStaysAway, "I5"));
    }

    private static List<HazardCase> gic() {
        return List.of(
                shows(
                        "HZ-01",
                        b -> {
                            b.suspendAll();
                            HazardScripts.raise(b, b.line1);
                        },
                        "I10",
                        "I5"),
                cycle("HZ-02", "I11"),
                cycle("HZ-38", "I17"),
                shows("HZ-38e", HazardScripts::edge, "I5"),
                shows("HZ-40", HazardScripts::edge, "I17"),
                cycle("HZ-42", "I6"));
    }

    private static List<HazardCase> guests() {
        return List.of(
                shows("HZ-19", HazardScripts::d1WithMmuOn, "I7"),
                shows("HZ-20", HazardScripts::d1WithMmuOn, "I7"),
                shows("HZ-20b", HazardScripts::d1WithTimer, "I17"),
                shows("HZ-21", HazardScripts::d1AndBack, "I7"),
                cycle("HZ-22", "I7", "I25"),
                shows("HZ-23", HazardScripts::d1ByHypercall, "I8"),
                cycle("HZ-24", "I25"),
                shows("HZ-25", HazardScripts::vcpuStartedMeanwhile, "I2"),
                shows("HZ-26", HazardScripts::d2FromItsSecondVcpu, "I5"),
                shows("HZ-27", HazardScripts::d1OverPending, "I5"),
                shows("HZ-28", HazardScripts::d1OverPending, "I7", "I21"),
                shows("HZ-29", HazardScripts::d1AndAnEvent, "I6"),
                later("HZ-58", "upstream", HazardScripts::d1Latched, "I9"),
                shows("HZ-60", HazardScripts::d1BySmc32, "I7"),
                shows("HZ-61", HazardScripts::d1AndBack, "I7"),
                shows("HZ-75", HazardScripts::d1CrashedAndResumed, "I6"));
    }

    private static List<HazardCase> machine() {
        return List.of(
                shows("HZ-18", HazardScripts::dom0FromCpu1, "I28"),
                shows("HZ-27h", HazardScripts::dom0OverAnEvent, "I5"),
                shows("HZ-31", HazardScripts::cycleByD2, "I4"),
                shows("HZ-32", HazardScripts::cycleByD2, "I26"),
                shows("HZ-33", HazardScripts::dom0OverAnEvent, "I3"),
                cycle("HZ-50", "I30"),
                cycle("HZ-51", "I29"),
                cycle("HZ-52", "I17"),
                shows("HZ-66", HazardScripts::dom0Alone, "I2", "I35"));
    }

    private static List<HazardCase> timers() {
        return List.of(
                shows("HZ-34", HazardScripts::d1Watchdog, "I21"),
                shows("HZ-34b", HazardScripts::d1Watchdog, "I21"),
                shows("HZ-35", HazardScripts::frozenWatchdog, "I21"),
                shows("HZ-36", HazardScripts::asleepForASecond, "I18"),
                shows("HZ-37", HazardScripts::asleepForASecond, "I18", "I6"));
    }

    /** Those that need a fault or another flavour. */
    private static List<HazardCase> others() {
        return List.of(
                shows("HZ-13", HazardFaultScripts::aCoreIsExchanged, "I14", "I31"),
                shows("HZ-39", HazardFaultScripts::gicSuspendFails, "I17"),
                later("HZ-39q", "host-v8", HazardFaultScripts::gicSuspendFails, "I17"),
                HazardCase.of(
                        "host-v8", "qemu-virt", "HZ-41", HazardFaultScripts::activePriority, "I17"),
                HazardCase.of(
                        "host-v8", "fixture-qemu-virt-gicv3", "HZ-43", HazardScripts::cycle, "I17"),
                shows("HZ-46", HazardDeviceScripts::dmaAfterSleep, "I19"),
                none("HZ-53", "rfc2018", "I24"),
                none("HZ-54", "host-v8", "I25"),
                later("HZ-56", "host-v11", HazardFaultScripts::twoControlDomains, "I26"),
                later("HZ-57", "host-v11", HazardFaultScripts::dom0AmongOthers, "I26"),
                later("HZ-59", "upstream", HazardFaultScripts::resumedAtOnce, "I8"),
                later("HZ-62", "host-v8", HazardScripts::cycle, "I25"),
                later("HZ-76", "host-v8", HazardFaultScripts::consoleHookFails, "I20"));
    }

    private static HazardCase later(
            String hazard, String flavour, HazardCase.Script script, String... invariants) {
        return HazardCase.of(flavour, ZCU102, hazard, script, invariants);
    }

    private static HazardCase none(String hazard, String flavour, String invariant) {
        return HazardCase.of(
                flavour, "fixture-no-suspend", hazard, HazardFaultScripts::dom0Calls, invariant);
    }

    private static List<HazardCase> devices() {
        return List.of(
                HazardCase.on("fixture-uart-lost", "HZ-48", HazardScripts::cycle, "I20"),
                cycle("HZ-48b", "I20"),
                shows("HZ-45", HazardDeviceScripts::dmaAfterSleep, "I19"),
                HazardCase.on("qemu-virt", "HZ-47", HazardScripts::cycle, "I19"),
                HazardCase.on("rcar-h3", "HZ-73", HazardDeviceScripts::dmaOfDom0, "I19"),
                shows("HZ-63", HazardDeviceScripts::foreignNode, "I27"),
                shows("HZ-64", HazardDeviceScripts::selfSuspend, "I1"),
                shows("HZ-30", HazardDeviceScripts::lineOfAVcpuThatIsOff, "I5"),
                shows("HZ-74", HazardDeviceScripts::linuxWithAShortWatchdog, "I21"));
    }
}

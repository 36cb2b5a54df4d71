package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import dev.vboard.model.core.Faults.Kind;
import dev.vboard.model.report.DomainReport.Role;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What happens to show the hazards that need a fault, another flavour, or two control domains. */
final class HazardFaultScripts {
    private static final int EIO = -5;
    private static final int EBUSY = -16;
    private static final long GICC_APR0 = 0x0801_00D0L;
    private static final long SOME_PRIORITY = 0x8000;

    private HazardFaultScripts() {}

    /** A step fails once; then everything suspends and Dom0's alarm rings. */
    static void gicSuspendFails(FixtureB b) {
        b.live.handle(Injected.step("gic-suspend", -1, EIO));
        HazardScripts.cycle(b);
    }

    static void consoleHookFails(FixtureB b) {
        b.live.handle(new Action.InjectFault(
                Kind.CONSOLE_HOOK_FAILS,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.of(EIO),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                1));
        HazardScripts.cycle(b);
    }

    /** A core comes back with fewer bits of address than the stage 2 asks for. */
    static void aCoreIsExchanged(FixtureB b) {
        b.live.handle(Injected.exchanged(2, 36, 0, 0));
        HazardScripts.cycle(b);
    }

    /** Software has an active priority when the interface is to be cut. */
    static void activePriority(FixtureB b) {
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.begin("irqs-off");
        b.live.handle(new Action.Mmio(
                new Caller.PhysicalCpu(0), GICC_APR0, 4, OptionalLong.of(SOME_PRIORITY), false));
        b.live.handle(new Action.UntilSettled(OptionalLong.of(HazardScripts.SECOND)));
        HazardScripts.raise(b, b.rtc);
    }

    /** The toolstack resumes D1 at the moment at which it suspends. */
    static void resumedAtOnce(FixtureB b) {
        b.suspend(1, D1_CONTEXT);
        b.live.handle(LiveBoard.verb(1, "resume"));
    }

    /** Dom0 suspends on a machine whose firmware cannot. */
    static void dom0Calls(FixtureB b) {
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.suspend(0, DOM0_CONTEXT);
    }

    /** Two control domains suspend at the same moment. */
    static void twoControlDomains(FixtureB b) {
        b.live.done(control());
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.live.handle(LiveBoard.call(LiveBoard.caller(3, 0), "SYSTEM_SUSPEND", ENTRY, 3));
        b.suspend(0, DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
    }

    private static Action.CreateDomain control() {
        return new NewDomain().pinned(1).roles(Role.CONTROL).asked();
    }

    /** The last control domain suspends while another domain is awake. */
    static void dom0AmongOthers(FixtureB b) {
        b.suspend(0, DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
    }

    /** Firmware refuses at the last step. */
    static void firmwareRefuses(FixtureB b) {
        b.live.handle(Injected.firmware("SYSTEM_SUSPEND", EBUSY));
        HazardScripts.cycle(b);
    }
}

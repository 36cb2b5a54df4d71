package dev.vboard.model;

import static dev.vboard.model.FixtureB.DOM0_CONTEXT;

import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Trigger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What happens to show the hazards of devices and of scripted guests. */
final class HazardDeviceScripts {
    private static final long GUEST_RAM = 0x4000_0000L;
    private static final long DOM0_RAM = 0x5000_0000L;
    private static final long EEMI = 0xC200_0000L;
    private static final long REQ_SUSPEND = 6;
    private static final long SELF_SUSPEND = 7;
    private static final long GEM0_NODE = 29;
    private static final int LINUX_LINE = 141;
    private static final long MILLISECOND = 1_000_000L;

    private HazardDeviceScripts() {}

    /** A device of D1 writes to D1's memory after the machine has slept. */
    static void dmaAfterSleep(FixtureB b) {
        b.live.done(new Action.DeviceOwner("gem0", 1));
        b.suspend(0, DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
        b.live.handle(new Action.Dma("gem0", GUEST_RAM + 0x1000, OptionalLong.of(1)));
    }

    /** A device of Dom0 writes to Dom0's memory after the machine has slept. */
    static void dmaOfDom0(FixtureB b) {
        b.suspend(0, DOM0_CONTEXT);
        HazardScripts.raise(b, b.rtc);
        b.live.handle(new Action.Dma("sdhi0", DOM0_RAM, OptionalLong.of(1)));
    }

    /** D2 asks the firmware to suspend a device of D1. */
    static void foreignNode(FixtureB b) {
        b.live.done(new Action.DeviceOwner("gem0", 1));
        eemi(b, 2, REQ_SUSPEND, GEM0_NODE);
    }

    /** D1 asks for a suspend of its own CPU, and waits. */
    static void selfSuspend(FixtureB b) {
        b.live.psci(0, 1, "CPU_OFF");
        eemi(b, 1, SELF_SUSPEND, 3);
        b.live.done(new Action.Wfi(LiveBoard.caller(1, 0)));
    }

    private static void eemi(FixtureB b, int domain, long api, long argument) {
        b.live.handle(new Action.Smccc(
                LiveBoard.caller(domain, 0), EEMI | api, List.of(argument), false, 0, false));
    }

    /** The line of a Linux guest is aimed at its second vCPU, which goes off when it suspends. */
    static void lineOfAVcpuThatIsOff(FixtureB b) {
        b.live.done(new NewDomain()
                .pinned(2, 3)
                .passThrough(new Action.PassThrough(LINUX_LINE, Optional.of(Trigger.EDGE), 1))
                .guest(Guest.LINUX)
                .asked());
        b.live.handle(new Action.UntilSettled(OptionalLong.of(HazardScripts.SECOND)));
        b.live.done(LiveBoard.verb(3, "suspend"));
        HazardScripts.raise(b, LINUX_LINE);
    }

    /** A Linux guest whose watchdog has a millisecond left is asked to suspend. */
    static void linuxWithAShortWatchdog(FixtureB b) {
        b.live.done(new NewDomain().pinned(1).guest(Guest.LINUX).asked());
        b.live.handle(new Action.UntilSettled(OptionalLong.of(HazardScripts.SECOND)));
        b.live.unsettled(LiveBoard.verb(3, "suspend"));
        b.live.handle(new Action.Hypercall(
                "3",
                0,
                "SCHEDOP_watchdog",
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalLong.of(2 * MILLISECOND)));
        b.live.advance(20 * MILLISECOND);
    }
}

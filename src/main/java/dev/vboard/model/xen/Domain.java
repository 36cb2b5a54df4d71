package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.GuestSoftware;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Shape;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.Observables.ShutdownState;

import java.util.ArrayList;
import java.util.List;

/** One domain in one slot of a board: the views of its segment (xen-suspend.md 1.4). */
public final class Domain {
    /** Longest name in bytes. */
    public static final int NAME_BYTES = 40;

    /** How many watchdog timers Xen keeps for a domain. */
    static final int WATCHDOGS = 2;

    /** Shutdown code: none. */
    public static final int NO_CODE = 0xFF;

    final int slot;
    final Shape shape;
    final List<Vcpu> vcpus;
    final Intids intids;
    final Cell id;
    final Bytes name;
    final DomainExtras extras;
    final Choice<Guest> guest;
    final Flag hardware;
    final Flag control;
    final Flag is32Bit;
    final Flag dying;
    final Cell memoryMiB;
    final Cell entryPoint;
    final List<Choice<AfterShutdown>> afterShutdown;
    final Cell pauseCount;
    final Cell controllerPauseCount;
    final Choice<ShutdownState> shutdownState;
    final Cell shutdownCode;
    final Flag entersAnew;
    final ResumeContext resumeContext;
    final Flag contextStored;
    final Flag entryExpected;
    final Cell expectedEntry;
    final Cell expectedContext;
    final Flag serviceFrozen;
    final Flag overlooked;
    final Cell vcpuOnAt;
    final Cell suspendedAt;
    final Flag heldForDom0;
    final Flag awaitsFirstInstruction;
    final Cell suspendCount;
    final Cell resumeCount;
    final Choice<WakeKind> resumeKind;
    final Cell resumeIntid;
    final Cell firstInstructionAt;
    final Cell firstInstructionSeq;
    final Cell nextArrival;
    final Cell counterOffset;
    final Cell counterSeen;
    final Cell upcallPort;
    final List<Cell> watchdogExpiry;
    final List<Cell> watchdogRemaining;
    final VGicState vgic;
    final GuestSoftware software;

    /** What ended a suspend. */
    public enum WakeKind {
        NONE,
        INTERRUPT,
        VTIMER,
        EVENT_CHANNEL,
        TOOLSTACK,
        HOST
    }

    Domain(Hypervisor xen, int slot, int vcpuCount, int spis, int lrs, ListFormat format) {
        this.slot = slot;
        Layout layout = Layout.segment("domain", slot);
        id = layout.cell("id", 16);
        name = layout.bytes("name", NAME_BYTES, 0);
        extras = new DomainExtras(layout);
        guest = layout.choice("guest", Guest.class);
        hardware = layout.flag("hardware");
        control = layout.flag("control");
        is32Bit = layout.flag("is-32-bit");
        dying = layout.flag("dying");
        memoryMiB = layout.cell("memory-mib", 32);
        entryPoint = layout.cell("entry-point", 64);
        List<Choice<AfterShutdown>> actions = new ArrayList<>();
        for (int code = 0; code < Shutdown.CODES; code++) {
            actions.add(layout.choice("after-" + Shutdown.reason(code), AfterShutdown.class));
        }
        afterShutdown = List.copyOf(actions);
        pauseCount = layout.cell("pause-count", 16);
        controllerPauseCount = layout.cell("controller-pause-count", 8);
        shutdownState = layout.choice("shutdown-state", ShutdownState.class);
        shutdownCode = layout.cell("shutdown-code", 8, NO_CODE);
        entersAnew = layout.flag("enters-anew");
        resumeContext = new ResumeContext(layout);
        contextStored = layout.flag("context-stored");
        entryExpected = layout.flag("entry-expected");
        expectedEntry = layout.cell("expected-entry", 64);
        expectedContext = layout.cell("expected-context", 64);
        suspendedAt = layout.cell("suspended-at", 64, SoftTimers.STOPPED);
        serviceFrozen = layout.flag("service-frozen");
        overlooked = layout.flag("overlooked");
        vcpuOnAt = layout.cell("vcpu-on-at", 64, SoftTimers.STOPPED);
        heldForDom0 = layout.flag("held-for-dom0");
        awaitsFirstInstruction = layout.flag("awaits-first-instruction");
        suspendCount = layout.cell("suspend-count", 32);
        resumeCount = layout.cell("resume-count", 32);
        resumeKind = layout.choice("resume-kind", WakeKind.class);
        resumeIntid = layout.cell("resume-intid", 16);
        firstInstructionAt = layout.cell("first-instruction-at", 64, SoftTimers.STOPPED);
        firstInstructionSeq = layout.cell("first-instruction-seq", 64);
        nextArrival = layout.cell("next-arrival", 8);
        counterOffset = layout.cell("counter-offset", 64);
        counterSeen = layout.cell("counter-seen", 64);
        upcallPort = layout.cell("upcall-port", 32);
        watchdogExpiry = timers(layout, "watchdog-expiry");
        watchdogRemaining = timers(layout, "watchdog-remaining");
        List<Vcpu> list = new ArrayList<>();
        for (int i = 0; i < vcpuCount; i++) {
            list.add(new Vcpu(layout, slot, i, lrs, format));
        }
        vcpus = List.copyOf(list);
        intids = new Intids(vcpuCount, Intids.PRIVATE + spis);
        vgic = new VGicState(layout.named("vgic"), intids);
        software = xen.software().load(layout.named("guest"), new GuestPort(xen, this));
        shape = layout.build();
    }

    private static List<Cell> timers(Layout layout, String name) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < WATCHDOGS; i++) {
            cells.add(layout.cell(name + i, 64, SoftTimers.STOPPED));
        }
        return List.copyOf(cells);
    }

    /** The slot of the board its segment is in. */
    public int slot() {
        return slot;
    }

    /** Xen's number of it. */
    public int id(Board board) {
        return id.getInt(board);
    }

    /** Its name. */
    public String name(Board board) {
        return text(board, name, NAME_BYTES);
    }

    static String text(Board board, Bytes bytes, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < most && bytes.get(board, i) != 0; i++) {
            text.append((char) bytes.get(board, i));
        }
        return text.toString();
    }

    /** What was seldom said of it when it was made. */
    public DomainConfig.Extras extras(Board board) {
        return extras.get(board);
    }

    boolean isNamed(Board board, String text) {
        int length = text.length();
        if (length > NAME_BYTES || length < NAME_BYTES && name.get(board, length) != 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.get(board, i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    void name(Board board, String text) {
        for (int i = 0; i < NAME_BYTES; i++) {
            name.set(board, i, i < text.length() ? text.charAt(i) : 0);
        }
    }

    /** Its vCPUs, ascending. */
    public List<Vcpu> vcpus() {
        return vcpus;
    }

    /** The numbering of its virtual interrupts. */
    public Intids intids() {
        return intids;
    }

    /** Its virtual interrupts' state. */
    public VGicState vgic() {
        return vgic;
    }

    /** Who drives it. */
    public Guest guest(Board board) {
        return guest.get(board);
    }

    /** What runs in it, where nobody drives it from outside. */
    public GuestSoftware software() {
        return software;
    }

    /** Whether it owns the machine's devices. */
    public boolean hardware(Board board) {
        return hardware.get(board);
    }

    /** Whether it may run the toolstack. */
    public boolean control(Board board) {
        return control.get(board);
    }

    /** Whether its guest is AArch32. */
    public boolean is32Bit(Board board) {
        return is32Bit.get(board);
    }

    /** RAM in MiB. */
    public int memoryMiB(Board board) {
        return memoryMiB.getInt(board);
    }

    /** Whether it is being destroyed. */
    public boolean dying(Board board) {
        return dying.get(board);
    }

    /** Holders that keep the whole domain off the CPU. */
    public int pauseCount(Board board) {
        return pauseCount.getInt(board);
    }

    /** The toolstack's share of {@link #pauseCount}. */
    public int controllerPauseCount(Board board) {
        return controllerPauseCount.getInt(board);
    }

    /** Progress of its shutdown. */
    public ShutdownState shutdownState(Board board) {
        return shutdownState.get(board);
    }

    /** The latched shutdown code, or {@link #NO_CODE}. */
    public int shutdownCode(Board board) {
        return shutdownCode.getInt(board);
    }

    /** Whether it is suspended: shut down with that reason. */
    public boolean suspended(Board board) {
        return shutdownState.is(board, ShutdownState.COMPLETE)
                && shutdownCode.getInt(board) == Shutdown.SUSPEND;
    }

    /**
     * Whether it suspended through vPSCI as in 2018: the saved registers of vCPU 0 are the reset
     * context it will enter with. One that suspended by hypercall continues after that call.
     */
    boolean entersAnew(Board board) {
        return entersAnew.get(board);
    }

    /** What it will be entered with when it is resumed. */
    public ResumeContext resumeContext() {
        return resumeContext;
    }

    /** How often its suspend call was accepted. */
    public long suspendCount(Board board) {
        return suspendCount.get(board);
    }

    /** How often it was entered at a stored entry point. */
    public long resumeCount(Board board) {
        return resumeCount.get(board);
    }

    /** What ended its last suspend. */
    public WakeKind resumeKind(Board board) {
        return resumeKind.get(board);
    }

    /** The interrupt that ended its last suspend, where one did. */
    public int resumeIntid(Board board) {
        return resumeIntid.getInt(board);
    }

    /** When it first ran after its last stop, in ns, or {@link SoftTimers#STOPPED}. */
    public long firstInstructionAt(Board board) {
        return firstInstructionAt.get(board);
    }

    /** Sequence number of that event. */
    public long firstInstructionSeq(Board board) {
        return firstInstructionSeq.get(board);
    }

    /** Expiry of a watchdog timer in ns, or {@link SoftTimers#STOPPED}. */
    public long watchdogExpiry(Board board, int index) {
        return watchdogExpiry.get(index).get(board);
    }

    /** Time a stopped watchdog timer has left in ns, or {@link SoftTimers#STOPPED}. */
    public long watchdogRemaining(Board board, int index) {
        return watchdogRemaining.get(index).get(board);
    }

    /** CNTVOFF_EL2 while one of its vCPUs runs. */
    public long counterOffset(Board board) {
        return counterOffset.get(board);
    }

    boolean anyOnline(Board board) {
        for (Vcpu vcpu : vcpus) {
            if (!vcpu.down(board)) {
                return true;
            }
        }
        return false;
    }

    int online(Board board) {
        int count = 0;
        for (Vcpu vcpu : vcpus) {
            count += vcpu.down(board) ? 0 : 1;
        }
        return count;
    }

    boolean anyOtherOnline(Board board, Vcpu caller) {
        for (Vcpu other : vcpus) {
            if (other != caller && !other.down(board)) {
                return true;
            }
        }
        return false;
    }
}

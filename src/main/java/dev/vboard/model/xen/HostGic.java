package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.GicSpec;

/**
 * Xen's driver of the physical interrupt controller: what the rest of Xen asks of it, whatever its
 * version (gic.md 5 and 10).
 */
interface HostGic {
    /** The driver for a board's GIC; what it keeps while the board runs is declared here. */
    static HostGic of(Platform platform, Layout layout) {
        GicSpec spec = platform.profile().gic();
        return spec.version() == 2
                ? new HostGicV2(platform.bus(), spec)
                : new HostGicV3(platform, layout);
    }

    /** Boot: all SPIs off, level, to the boot CPU, at Xen's priority; distributor on. */
    void distributorInit(Board board);

    /**
     * Each CPU that comes up: its private interrupts and its interface, EOImode on.
     *
     * @return whether the CPU has a working interface now
     */
    boolean cpuInit(Board board, int cpu);

    /** A CPU that goes down: its interface signals nothing any more. */
    void cpuDisable(Board board, int cpu);

    /** Switches an interface off as code does that knows nothing of the legacy bypass. */
    void selectBypass(Board board, int cpu);

    /** Enables an interrupt; a private one is that CPU's. */
    void enable(Board board, int cpu, int intid);

    /** Disables an interrupt; a private one is that CPU's. */
    void disable(Board board, int cpu, int intid);

    /** Whether an interrupt is enabled; a private one is that CPU's. */
    boolean enabled(Board board, int cpu, int intid);

    /** Routes an SPI to one CPU. */
    void route(Board board, int intid, int cpu);

    /** Sets the trigger of an SPI that is disabled. */
    void configure(Board board, int intid, boolean edge);

    /** Reads the acknowledge register: the INTID, on a GICv2 with the source of an SGI in 12:10. */
    int acknowledge(Board board, int cpu);

    /** Drops the priority of an acknowledged interrupt. */
    void drop(Board board, int cpu, int iar);

    /** Deactivates an acknowledged interrupt. */
    void deactivate(Board board, int cpu, int iar);

    /** Deactivates an SPI whose guest will never do it. */
    void clearActive(Board board, int intid);

    /** Switches a CPU's list registers on, with or without the underflow interrupt. */
    void virtualOn(Board board, int cpu, boolean underflow);

    /** Switches a CPU's list registers off. */
    void virtualOff(Board board, int cpu);

    /** Reads list register n of a CPU. */
    default long listRegister(Board board, int cpu, int n) {
        return listRegister(board, Access.el2(cpu), n);
    }

    /** The same in the name of somebody: a report looks as EL3, so that nobody has read it. */
    long listRegister(Board board, Access by, int n);

    /** Writes list register n of a CPU. */
    void listRegister(Board board, int cpu, int n, long value);

    /** What the guest on a CPU programmed into its CPU interface, as the hardware keeps it. */
    default long virtualMachineControl(Board board, int cpu) {
        return virtualMachineControl(board, Access.el2(cpu));
    }

    /** The same in the name of somebody. */
    long virtualMachineControl(Board board, Access by);

    /** Gives a CPU the interface settings of the guest that comes. */
    void virtualMachineControl(Board board, int cpu, long value);

    /** The priorities the guest on a CPU has in service. */
    long virtualActivePriorities(Board board, int cpu);

    /** Gives a CPU the priorities in service of the guest that comes. */
    void virtualActivePriorities(Board board, int cpu, long value);

    /** How its list registers are laid out. */
    ListFormat lists();

    /** What this driver keeps over a suspend; its cells are declared here. */
    GicContext context(Layout layout);

    /** How many INTIDs the distributor has. */
    int intids();

    /** How many of them are SPIs. */
    default int spis() {
        return intids() - Intids.PRIVATE;
    }
}

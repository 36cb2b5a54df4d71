package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The interrupt controller as guests use it, of the same version as the board's: where its frames
 * lie in their address space, what is emulated there, and what needs no Xen (gic.md 10).
 */
interface GuestGic {
    /** A DomU's distributor. */
    long DISTRIBUTOR = 0x0300_1000L;

    /** The one for a board. */
    static GuestGic of(Hypervisor xen) {
        return xen.platform.profile().gic().version() == 2
                ? new GuestGicV2(xen)
                : new GuestGicV3(xen);
    }

    /** Where a domain finds its distributor; the hardware domain has the host's layout. */
    long distributor(Board board, Domain domain);

    /** Where a domain finds its CPU interface, if that has an address. */
    OptionalLong cpuInterface(Board board, Domain domain);

    /** Where a domain finds its redistributors, if it has some. */
    OptionalLong redistributors(Board board, Domain domain);

    /** Whether an access lies in one of the frames of its interrupt controller. */
    boolean holds(Board board, Domain domain, long address, int size);

    /** A load from such a place by the guest on a CPU; empty for a data abort. */
    OptionalLong read(Board board, int cpu, Domain domain, long address, int size);

    /** A store to such a place by the guest on a CPU; false for a data abort. */
    boolean write(Board board, int cpu, Domain domain, long address, int size, long value);

    /** Whether Xen traps writes of that system register. */
    boolean traps(SystemRegister register);

    /**
     * Carries a trapped write out.
     *
     * @return false for an undefined instruction
     */
    boolean writeTrapped(Board board, int cpu, SystemRegister register, long value);

    /** The guest on a CPU acknowledges; an SGI of a GICv2 has its source in 12:10. */
    int acknowledge(Board board, int cpu, Domain domain);

    /**
     * The guest on a CPU ends an interrupt.
     *
     * @param source the sending vCPU of an SGI, where SGIs have one
     * @return whether the instruction was carried out
     */
    boolean end(Board board, int cpu, Domain domain, int intid, int source);

    /** The guest on a CPU switches its distributor and its CPU interface. */
    void onOff(Board board, int cpu, Domain domain, boolean on, Optional<Integer> priorityMask);

    /** The guest sends an SPI to the lowest vCPU of a mask. */
    void target(Board board, int cpu, Domain domain, int virq, int mask);

    /**
     * Where the registers of an interrupt lie: the page with its ISENABLER, IPRIORITYR and ICFGR.
     *
     * @param vcpu whose it is, if it is private
     */
    long page(Board board, Domain domain, int vcpu, int virq);

    /** The sending vCPU that an acknowledged SGI names, where SGIs name one. */
    OptionalInt source(int acknowledged);

    /** Whether an access of that size lies wholly in a range. */
    static boolean within(long address, int size, long base, long bytes) {
        return bytes >= size && Long.compareUnsigned(address - base, bytes - size) <= 0;
    }
}

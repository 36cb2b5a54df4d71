package dev.vboard.model.gic;

/**
 * A hypervisor and its guest on one CPU, in words that mean the same for GICH with GICV and for ICH
 * with ICV. The guest's interrupts are in Group 0, which both acknowledge by their first register.
 */
interface VirtualDriver {
    /** The CPU they run on. */
    int CPU = 1;

    /** List registers that there are. */
    int LISTS = 4;

    /**
     * What a list register holds, apart from its layout.
     *
     * @param state 0 empty, 1 pending, 2 active, 3 both
     * @param intid of the guest
     * @param priority a byte whose low three bits are zero
     * @param physical the interrupt it stands for, or 0
     * @param end whether the hypervisor wants to know of its end
     */
    record Entry(int state, int intid, int priority, int physical, boolean end) {}

    /** The hypervisor fills a list register. */
    void list(int n, Entry entry);

    /** What a list register holds now. */
    Entry list(int n);

    /** The hypervisor switches the interface and the reasons to be called; bits of HCR. */
    void control(int bits);

    /** The guest's priority mask. */
    void mask(int value);

    /** The guest's binary point. */
    void point(int value);

    /** The guest's switches: its interface, and whether an end leaves an interrupt active. */
    void switches(boolean on, boolean splitEnd);

    /** The guest acknowledges. */
    int acknowledge();

    /** The guest ends an interrupt. */
    void end(int intid);

    /** The guest deactivates one. */
    void deactivate(int intid);

    /** A physical interrupt is active, as one that Xen gave to the guest. */
    void activate(int physical);

    /**
     * All else there is to read: HCR, MISR, EISR, ELRSR, active priorities, the guest's mask,
     * point, running priority and highest pending, whether it is signalled, whether the hypervisor
     * is called, and the active bits of the physical interrupts.
     */
    long[] rest();
}

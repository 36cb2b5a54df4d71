package dev.vboard.model.gic;

/**
 * Software that drives a GIC by its registers, in words that mean the same on GICv2 and GICv3. The
 * software is the owner of the interrupts it names; {@code cpu} is the CPU it runs on, and for
 * private interrupts the one that is meant.
 */
interface GicDriver {
    /** CPUs of the boards that are compared. */
    int CPUS = 4;

    /** A set of targets that holds nobody. */
    int NOBODY = 0;

    /** A set of targets that holds all. */
    int EVERYBODY = 0xF;

    /** How far behind the array of bits that set is the one of bits that clear. */
    int CLEAR = 0x80;

    /** The board it runs on. */
    GicRig<?> rig();

    private void bit(int cpu, Array array, int intid, boolean on) {
        rig().set(cpu, array.of(0) + (on ? 0 : CLEAR), intid);
    }

    /** Sets or clears the enable bit of a PPI or SPI. */
    default void enable(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISENABLER, intid, on);
    }

    /** Sets or clears the pending bit of a PPI or SPI. */
    default void pend(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISPENDR, intid, on);
    }

    /** Sets or clears the active bit. */
    default void activate(int cpu, int intid, boolean on) {
        bit(cpu, Array.ISACTIVER, intid, on);
    }

    /** Sets a priority. */
    default void priority(int cpu, int intid, int value) {
        rig().priority(cpu, intid, value);
    }

    /** Makes a PPI or SPI edge-triggered or level-sensitive. */
    default void configure(int cpu, int intid, boolean edge) {
        long bit = 2L << intid % 16 * 2;
        long old = word(cpu, Array.ICFGR, intid);
        word(cpu, Array.ICFGR, intid, edge ? old | bit : old & ~bit);
    }

    /** Aims an SPI at nobody, at one CPU or at everybody. */
    void target(int intid, int mask);

    /** Moves the wire of a PPI or SPI. */
    default void line(int cpu, int intid, boolean high) {
        rig().line(cpu, intid, high);
    }

    /** Acknowledges; answers the INTID. */
    int acknowledge(int cpu);

    /** Ends an interrupt. */
    void end(int cpu, int intid);

    /** Deactivates an interrupt. */
    void deactivate(int cpu, int intid);

    /** Sends an SGI to a set of CPUs. */
    void send(int cpu, int intid, int mask);

    /** Sends an SGI to all other CPUs. */
    void sendToOthers(int cpu, int intid);

    /** Sets the priority mask. */
    void mask(int cpu, int value);

    /** Sets the binary point. */
    void point(int cpu, int value);

    /** Splits the end of interrupt from deactivation, or not. */
    void splitEnd(int cpu, boolean on);

    /** Switches the CPU's interface. */
    void interfaceOn(int cpu, boolean on);

    /** Switches the distributor. */
    void distributorOn(boolean on);

    /** What it reads of a CPU's interface: signalled, HPPIR, RPR, PMR, BPR. */
    long[] interfaceOf(int cpu);

    /** A 32-bit word of one of the arrays of private or shared interrupts. */
    long word(int cpu, Array array, int intid);

    /** Writes one. */
    void word(int cpu, Array array, int intid, long value);

    /** The CPUs an SPI may go to. */
    default int targets(int intid) {
        return rig().gic.targets(rig().board, rig().intids.index(0, intid));
    }

    /** Arrays of fields, laid out alike in both versions. */
    enum Array {
        ISENABLER(0x100, 32),
        ISPENDR(0x200, 32),
        ISACTIVER(0x300, 32),
        IPRIORITYR(0x400, 4),
        ICFGR(0xC00, 16);

        private final int offset;
        private final int perWord;

        Array(int offset, int perWord) {
            this.offset = offset;
            this.perWord = perWord;
        }

        /** Offset of the word that holds an interrupt. */
        int of(int intid) {
            return offset + intid / perWord * 4;
        }

        /** How many interrupts a word holds. */
        int perWord() {
            return perWord;
        }
    }
}

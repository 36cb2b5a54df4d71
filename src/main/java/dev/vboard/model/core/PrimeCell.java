package dev.vboard.model.core;

/** The identification registers at the end of every PrimeCell of Arm's (devices.md 2 to 4). */
public final class PrimeCell {
    private static final long[] CELL_ID = {0x0D, 0xF0, 0x05, 0xB1};

    private PrimeCell() {}

    /**
     * Declares them.
     *
     * @param prefix what the block's manual puts before their names
     * @param peripheral the four bytes of PeriphID
     */
    public static void identify(Registers registers, String prefix, long... peripheral) {
        long[] id = peripheral.clone();
        registers.word(0xFE0, prefix + "PeriphID").count(id.length).reads((_, _, i) -> id[i]);
        registers
                .word(0xFF0, prefix + "PCellID")
                .count(CELL_ID.length)
                .reads((_, _, i) -> CELL_ID[i]);
    }
}

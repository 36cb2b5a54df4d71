package dev.vboard.model.gic;

import dev.vboard.model.core.Registers;

import java.util.List;

/**
 * The identification registers at the end of each 64 KiB frame of a GICv3; ArchRev in PIDR2 is 3.
 */
final class Identification {
    /** PIDR0 of a distributor. */
    static final int DISTRIBUTOR = 0x92;

    /** PIDR0 of a redistributor. */
    static final int REDISTRIBUTOR = 0x93;

    private static final long FIRST = 0xFFD0;

    private static final List<String> NAMES = List.of(
            "PIDR4", "PIDR5", "PIDR6", "PIDR7", "PIDR0", "PIDR1", "PIDR2", "PIDR3", "CIDR0",
            "CIDR1", "CIDR2", "CIDR3");
    private static final List<Integer> VALUES =
            List.of(0x44, 0, 0, 0, 0, 0xB4, 0x3B, 0, 0x0D, 0xF0, 0x05, 0xB1);

    private Identification() {}

    static void declare(Registers bank, String block, int pidr0) {
        for (int i = 0; i < NAMES.size(); i++) {
            int value = NAMES.get(i).equals("PIDR0") ? pidr0 : VALUES.get(i);
            bank.word(FIRST + 4L * i, block + "_" + NAMES.get(i)).constant(value);
        }
    }
}

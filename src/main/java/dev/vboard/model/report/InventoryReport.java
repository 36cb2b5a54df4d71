package dev.vboard.model.report;

import java.util.List;

/**
 * What a board is made of in this model: its register blocks and the firmware calls it answers.
 *
 * @param blocks the register blocks
 * @param calls the calls
 */
public record InventoryReport(List<Block> blocks, List<FirmwareCall> calls) {
    /**
     * A register block.
     *
     * @param name of this one on this board
     * @param kind what it is, the same on every board that has one
     * @param registers names of the registers the model has, an array by its common name
     */
    public record Block(String name, String kind, List<String> registers) {}

    /**
     * A call to EL3 or to Xen in its place.
     *
     * @param name of the function
     * @param face who answers
     * @param offered whether this board's firmware or Xen implements it
     */
    public record FirmwareCall(String name, Face face, boolean offered) {}

    /** Who answers a call. */
    public enum Face implements WireName {
        /** EL3's PSCI. */
        PHYS,
        /** Xen's PSCI for guests. */
        VIRT,
        /** The power unit of ZynqMP behind EL3. */
        EEMI,
        /** The silicon provider's services of i.MX8 behind EL3. */
        SIP
    }
}

package dev.vboard.model;

import dev.vboard.model.report.FidelityReport.Face;

import java.util.List;

/**
 * What a board is made of in this model: its register blocks and the firmware calls it answers.
 *
 * @param blocks the register blocks
 * @param calls the calls
 */
public record BoardInventory(List<Block> blocks, List<FirmwareCall> calls) {
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
}

package dev.vboard.model.report;

import java.util.List;
import java.util.Optional;

/**
 * How faithful the model is to what a board is made of.
 *
 * @param blocks its register blocks
 * @param calls the firmware calls there are
 */
public record FidelityReport(List<BlockFidelity> blocks, List<CallFidelity> calls) {
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

    /** What the model makes of something. */
    public enum Degree implements WireName {
        /** It behaves as its clause says. */
        MODELLED,
        /** It is there and answers, without the effect. */
        STUBBED,
        /** It is not there: RAZ/WI, or NOT_SUPPORTED. */
        ABSENT
    }

    /**
     * A register block.
     *
     * @param name of this one on this board
     * @param kind what it is
     * @param fidelity of the block as a whole
     * @param clause that it follows
     * @param tests classes of tests that show it
     * @param note what else there is to say
     * @param registers its registers, those that are absent last
     */
    public record BlockFidelity(
            String name,
            String kind,
            Degree fidelity,
            String clause,
            List<String> tests,
            Optional<String> note,
            List<RegisterFidelity> registers) {}

    /**
     * A register or an array of equal ones.
     *
     * @param name of the register, or what is absent
     * @param fidelity of this one
     * @param note why it is not modelled
     */
    public record RegisterFidelity(String name, Degree fidelity, Optional<String> note) {}

    /**
     * A firmware call.
     *
     * @param name of the function
     * @param face who answers
     * @param offered whether this board's firmware or Xen has it
     * @param fidelity of the call where it is offered
     * @param clause that it follows
     * @param tests classes of tests that show it
     * @param note what else there is to say
     */
    public record CallFidelity(
            String name,
            Face face,
            boolean offered,
            Degree fidelity,
            String clause,
            List<String> tests,
            Optional<String> note) {}
}

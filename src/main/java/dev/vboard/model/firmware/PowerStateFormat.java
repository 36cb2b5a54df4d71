package dev.vboard.model.firmware;

import dev.vboard.model.profile.FirmwareSpec;

/** Reads {@code power_state} words (psci.md 5) in the format and encoding of one firmware. */
final class PowerStateFormat {
    private static final int ORIGINAL_ZERO = 0xFCFE_0000;
    private static final int EXTENDED_ZERO = 0xB000_0000;
    private static final int CORE_OFF_CLUSTER_RETAINED = 0x33;

    private final boolean extended;
    private final String ids;
    private final boolean osInitiated;
    private final int maximumLevel;

    /**
     * A format.
     *
     * @param version PSCI version; before 1.0 the format is always the original one
     * @param maximumLevel the platform's highest power level, 0 to 2
     */
    PowerStateFormat(FirmwareSpec spec, int version, int maximumLevel) {
        extended = spec.powerStateFormat().equals("extended") && version >= PsciVersion.V1_0;
        ids = spec.stateIds();
        osInitiated = spec.osInitiated();
        this.maximumLevel = maximumLevel;
    }

    /** The flags PSCI_FEATURES answers for CPU_SUSPEND. */
    int features() {
        return (extended ? 2 : 0) | (osInitiated ? 1 : 0);
    }

    /** The {@link Composite} a word means, or {@link Composite#INVALID}. */
    int parse(int word) {
        if ((word & (extended ? EXTENDED_ZERO : ORIGINAL_ZERO)) != 0) {
            return Composite.INVALID;
        }
        boolean powerdown = (word >>> (extended ? 30 : 16) & 1) != 0;
        int level = extended ? 0 : word >>> 24 & 3;
        int id = word & (extended ? 0x0FFF_FFFF : 0xFFFF);
        return switch (ids) {
            case "recommended" -> recommended(powerdown, level, id);
            case "imx8m" -> imx8m(powerdown, level, id);
            default -> plain(powerdown, level, id);
        };
    }

    /** i.MX8M (devices.md 7.4): the core off and its cluster retained, or the core in standby. */
    private static int imx8m(boolean powerdown, int level, int id) {
        if (powerdown && level == 0 && id == CORE_OFF_CLUSTER_RETAINED) {
            return Composite.with(Composite.OFF, 1, Composite.RETENTION);
        }
        return !powerdown && level == 0 && id == 0 ? Composite.RETENTION : Composite.INVALID;
    }

    /** StateID zero: the word names a level, and standby is for the core only. */
    private int plain(boolean powerdown, int level, int id) {
        if (id != 0 || level > maximumLevel || !powerdown && level != 0) {
            return Composite.INVALID;
        }
        int composite = powerdown ? off(level) : Composite.RETENTION;
        return Composite.lastAt(composite, level);
    }

    /** One nibble a level; only the combinations of the platform's table are known. */
    private int recommended(boolean powerdown, int level, int id) {
        int claim = 4 * (maximumLevel + 1);
        int state = osInitiated ? id & ~(0xF << claim) : id;
        int lastAt = osInitiated ? id >>> claim & 0xF : 0;
        if (state == 1 && !powerdown && level == 0) {
            return Composite.lastAt(Composite.RETENTION, lastAt);
        }
        for (int deepest = 0; deepest <= maximumLevel; deepest++) {
            int known = 0x222 & (1 << 4 * (deepest + 1)) - 1;
            if (state == known && powerdown && (extended || level == deepest)) {
                return Composite.lastAt(off(deepest), lastAt);
            }
        }
        return Composite.INVALID;
    }

    private static int off(int deepest) {
        return Composite.ALL_OFF & (1 << 2 * (deepest + 1)) - 1;
    }
}

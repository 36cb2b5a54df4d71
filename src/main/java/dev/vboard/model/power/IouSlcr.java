package dev.vboard.model.power;

import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

/**
 * The system-level control registers of ZynqMP's peripherals, as far as they hold the full-power
 * domain on: which masters are coherent with the application cores (devices.md 7.2). The rest is
 * RAZ/WI.
 */
public final class IouSlcr extends ProfileDevice {
    private static final long ALL = 0xFFFF_FFFFL;

    /** The register of that cell. */
    public IouSlcr(DeviceSpec spec, FullPower fullPower) {
        super(spec);
        registers.word(0x400, "IOU_COHERENT_CTRL").stores(fullPower.coherent(), ALL);
    }
}

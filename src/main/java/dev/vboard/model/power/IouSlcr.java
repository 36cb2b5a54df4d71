package dev.vboard.model.power;

import dev.vboard.model.core.Device;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;

/**
 * The system-level control registers of ZynqMP's peripherals, as far as they hold the full-power
 * domain on: which masters are coherent with the application cores (devices.md 7.2). The rest is
 * RAZ/WI.
 */
public final class IouSlcr implements Device {
    private static final long ALL = 0xFFFF_FFFFL;

    private final DeviceSpec spec;
    private final Registers registers = new Registers();

    /** The register of that cell. */
    public IouSlcr(DeviceSpec spec, FullPower fullPower) {
        this.spec = spec;
        registers.word(0x400, "IOU_COHERENT_CTRL").stores(fullPower.coherent(), ALL);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String type() {
        return spec.type();
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers);
    }
}

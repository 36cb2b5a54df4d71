package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.Optional;

/**
 * ZynqMP's real-time processors as the power unit sees them: another master, which may hold a
 * requirement on the full-power domain (devices.md 7.2). Its input is a level, high while it does.
 */
public final class Rpu implements Device {
    private final DeviceSpec spec;
    private final FullPower fullPower;

    /** The processors of a board. */
    public Rpu(DeviceSpec spec, FullPower fullPower) {
        this.spec = spec;
        this.fullPower = fullPower;
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
        return List.of();
    }

    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!what.equals("level") || value < 0 || value > 1) {
            return Optional.of("the real-time processors take a level, high while they require"
                    + " the full-power domain");
        }
        fullPower.required(board, value != 0);
        return Optional.empty();
    }
}

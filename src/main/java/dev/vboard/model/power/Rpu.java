package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;
import java.util.Optional;

/**
 * ZynqMP's real-time processors as the power unit sees them: another master, which may hold a
 * requirement on the full-power domain (devices.md 7.2). Its input is a level, high while it does.
 */
public final class Rpu extends ProfileDevice {
    private final FullPower fullPower;

    /** The processors of a board. */
    public Rpu(DeviceSpec spec, FullPower fullPower) {
        super(spec);
        this.fullPower = fullPower;
    }

    @Override
    public List<Registers> registers() {
        return List.of();
    }

    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!isLevel(what, value)) {
            return Optional.of("the real-time processors take a level, high while they require"
                    + " the full-power domain");
        }
        fullPower.required(board, value != 0);
        return Optional.empty();
    }
}

package dev.vboard.model.bare;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A device with interrupt lines and no registers: its window, if it has one, is RAZ/WI. */
public final class BareDevice extends ProfileDevice {
    private final List<Line> lines;
    private final boolean holds;
    private final boolean window;

    /** Declares the device; it has no cells. */
    public BareDevice(Layout layout, DeviceSpec spec, Lines lines, Clock clock) {
        super(spec);
        List<Line> wires = new ArrayList<>();
        for (int intid : spec.intids()) {
            wires.add(lines.line(0, intid));
        }
        this.lines = List.copyOf(wires);
        holds = spec.trigger().equals("level");
        window = spec.sizeBytes() > 0;
    }

    @Override
    public List<Registers> registers() {
        return window ? super.registers() : List.of();
    }

    /** Takes {@code level}, 0 or 1: moves its first line, or pulses an edge line. */
    @Override
    public Optional<String> input(Board board, String what, long value) {
        if (!isLevel(what, value)) {
            return Optional.of("a bare device takes a level");
        }
        if (lines.isEmpty()) {
            return Optional.of(name() + " has no interrupt line");
        }
        if (holds) {
            lines.getFirst().drive(board, value != 0);
        } else if (value != 0) {
            lines.getFirst().pulse(board);
        }
        return Optional.empty();
    }
}

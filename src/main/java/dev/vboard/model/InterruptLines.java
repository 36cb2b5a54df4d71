package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Faults;
import dev.vboard.model.profile.DeviceSpec;

/** The outside's hand on the interrupt wires. */
final class InterruptLines {
    private final Hardware hardware;

    InterruptLines(Hardware hardware) {
        this.hardware = hardware;
    }

    /** Lowers a wire, or pulses or raises it according to the nature of its source. */
    void move(Board board, int intid, int cpu, boolean level) {
        int index = hardware.lines.intids().index(Math.max(cpu, 0), intid);
        EventType.IRQ_FIRED.emit(
                board,
                hardware.clock.now(board),
                intid,
                cpu < 0 ? Events.ABSENT : cpu,
                level ? 1 : 0,
                Events.ABSENT,
                deviceOf(intid));
        if (level && hardware.lines.isEdge(board, index)) {
            boolean lost = hardware.faults
                    .strike(board, Faults.Kind.EDGE_LOST, cpu < 0 ? Faults.ANY : cpu, intid)
                    .isPresent();
            if (!lost) {
                hardware.lines.pulse(board, index);
            }
        } else {
            hardware.lines.drive(board, index, level);
        }
    }

    /** Name of the device on a line, or an empty string. */
    String deviceOf(int intid) {
        for (DeviceSpec device : hardware.profile.devices()) {
            if (device.intids().contains(intid)) {
                return device.name();
            }
        }
        return "";
    }
}

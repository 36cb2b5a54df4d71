package dev.vboard.model.core;

import java.util.List;
import java.util.Optional;

/** A block of hardware with a name. All its state is in cells; all its fields are views of them. */
public interface Device {
    /** The name in the profile, unique on a board. */
    String name();

    /** The kind of device, as profiles name it. */
    String type();

    /** The register banks a dump shows; the first is the one at the device's address. */
    List<Registers> registers();

    /** What answers in the device's window: its first bank, unless it has several. */
    default Bus.Target target() {
        return registers().getFirst();
    }

    /** Runs after the device's power domain has gone off, its cells at their reset values. */
    default void poweredOff(Board board) {}

    /** Runs after the device's power domain has come on again, its cells at their reset values. */
    default void poweredOn(Board board) {}

    /**
     * What the outside does to the device: a byte for a UART, an alarm time for an RTC, a level for
     * a GPIO or key.
     *
     * @return why it was refused, or empty when it was taken
     */
    default Optional<String> input(Board board, String what, long value) {
        return Optional.of("a " + type() + " takes no input");
    }
}

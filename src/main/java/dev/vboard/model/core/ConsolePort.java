package dev.vboard.model.core;

/** Where a hypervisor's console lines go: the transmitter of a UART. */
@FunctionalInterface
public interface ConsolePort {
    /** Sends one line; what is on the wire is what the UART is able to send. */
    void print(Board board, String line);
}

package dev.vboard.model.core;

/** A UART as the software sees it that prints on it. */
public interface Console {
    /**
     * Sets the device up as Xen's driver does at boot: both directions on, receive interrupt on.
     */
    void open(Board board);

    /** Whether text given now reaches the wire. */
    boolean sends(Board board);

    /**
     * Sends text as a driver does that acknowledges what it sent, and reports it as one event. It
     * is lost while the transmitter is off.
     */
    void print(Board board, String text);
}

package dev.vboard.model.uart;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;

/**
 * Where a UART's wire leads: what is sent becomes console events.
 *
 * @param clock tells when
 * @param port number of the UART on its board
 */
record Terminal(Clock clock, int port) {
    private static final String[] CHARACTERS = new String[256];

    static {
        for (int i = 0; i < CHARACTERS.length; i++) {
            CHARACTERS[i] = String.valueOf((char) i);
        }
    }

    /** Shows one character, 0 to 255. */
    void show(Board board, long character) {
        show(board, CHARACTERS[(int) character & 0xFF]);
    }

    /** Shows a text. */
    void show(Board board, String text) {
        EventType.CONSOLE.emit(board, clock.now(board), port, text);
    }
}

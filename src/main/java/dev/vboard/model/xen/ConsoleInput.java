package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.Observables;

/**
 * What is typed on Xen's console: Xen hands it to the hardware domain, where a guest that acts by
 * itself has a shell. Anyone else hears nothing.
 */
final class ConsoleInput {
    private static final int LONGEST = 48;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;
    private static final int CONSOLE_PORT = 2;

    private final Hypervisor xen;
    private final Bytes line;
    private final Cell length;

    ConsoleInput(Hypervisor xen, Layout layout) {
        this.xen = xen;
        Layout own = layout.named("console-input");
        line = own.bytes("line", LONGEST, 0);
        length = own.cell("length", 8);
    }

    /** A character has been read from the UART. */
    void received(Board board, int character) {
        int at = length.getInt(board);
        if (character == '\r' || character == '\n') {
            enter(board, at);
        } else if (character == BACKSPACE || character == DELETE) {
            length.set(board, Math.max(at - 1, 0));
        } else if (character >= ' ' && at < LONGEST) {
            line.set(board, at, character);
            length.set(board, at + 1L);
        }
    }

    private void enter(Board board, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < end; i++) {
            text.append((char) line.get(board, i));
        }
        length.set(board, 0);
        for (Domain domain : xen.domains.byId(board)) {
            boolean hears = domain.hardware(board)
                    && !domain.guest.is(board, DomainReport.Guest.MANUAL)
                    && domain.shutdownState.is(board, Observables.ShutdownState.NONE);
            if (hears) {
                domain.software.typed(board, text.toString());
                xen.guests().eventChannel(board, domain, CONSOLE_PORT);
            }
        }
    }
}

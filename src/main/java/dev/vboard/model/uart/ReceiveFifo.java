package dev.vboard.model.uart;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

/** The characters a UART has received and nobody has read. */
final class ReceiveFifo {
    private final Bytes characters;
    private final Cell head;
    private final Cell count;

    /**
     * Declares it.
     *
     * @param size how many characters there is room for, at most 128
     */
    ReceiveFifo(Layout layout, int size) {
        characters = layout.bytes("rx", size, 0);
        head = layout.cell("rx-head", 8);
        count = layout.cell("rx-count", 8);
    }

    /** How many characters wait. */
    int count(Board board) {
        return count.getInt(board);
    }

    /** Adds a character; the caller has seen that there is room. */
    void push(Board board, long character) {
        int at = (head.getInt(board) + count(board)) % characters.count();
        characters.set(board, at, (int) character);
        count.add(board, 1);
    }

    /** Takes the oldest character, zero when there is none. */
    int pop(Board board) {
        if (count(board) == 0) {
            return 0;
        }
        int at = head.getInt(board);
        head.set(board, (at + 1) % characters.count());
        count.add(board, -1);
        return characters.get(board, at);
    }

    /** Forgets all characters. */
    void clear(Board board) {
        count.set(board, 0);
    }
}

package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

import java.util.function.Consumer;

/** The queue of commands of an SMMUv3; a command is consumed the moment it is told of. */
final class CommandQueue {
    private static final int SYNC = 0x46;
    private static final int SIGNAL_INTERRUPT = 1;
    private static final long MESSAGE_ADDRESS = 0x000F_FFFF_FFFF_FFFCL;
    private static final long ILLEGAL = 1L << 24;
    private static final long ERROR = 0x7F00_0000L;

    private final Queue queue;
    private final Consumer<Board> interrupt;

    /** Declares it; {@code interrupt} is the wire of a CMD_SYNC that has no message. */
    CommandQueue(Layout layout, Consumer<Board> interrupt) {
        queue = new Queue(layout, 16);
        this.interrupt = interrupt;
    }

    Queue queue() {
        return queue;
    }

    /**
     * Consumes all that is there.
     *
     * @return false when it has stopped at a command it does not know
     */
    boolean consume(Board board) {
        Cell consumer = queue.consumer;
        consumer.set(board, consumer.get(board) & ~ERROR);
        while (!queue.empty(board)) {
            long at = queue.entry(board, consumer);
            long command = board.ram().read(0, at, Long.BYTES);
            if (!known((int) command & 0xFF)) {
                consumer.set(board, consumer.get(board) | ILLEGAL);
                return false;
            }
            queue.advance(board, consumer);
            if ((command & 0xFF) == SYNC && (command >>> 12 & 3) == SIGNAL_INTERRUPT) {
                signal(board, command, board.ram().read(0, at + 8, Long.BYTES));
            }
        }
        return true;
    }

    /** Prefetches, configuration and TLB invalidations, ATS, page responses, CMD_SYNC. */
    private static boolean known(int code) {
        return code == 0x01
                || code >= 0x02 && code <= 0x06
                || code >= 0x10 && code <= 0x13
                || code >= 0x18 && code <= 0x1A
                || code >= 0x20 && code <= 0x22
                || code == 0x28
                || code == 0x2A
                || code == 0x30
                || code == 0x40
                || code == 0x41
                || code == SYNC;
    }

    private void signal(Board board, long command, long where) {
        long address = where & MESSAGE_ADDRESS;
        if (address == 0) {
            interrupt.accept(board);
        } else {
            board.ram().write(0, address, Integer.BYTES, command >>> 32);
        }
    }
}

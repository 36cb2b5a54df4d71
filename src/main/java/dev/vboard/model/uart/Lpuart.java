package dev.vboard.model.uart;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.DeviceSpec;

/**
 * NXP's LPUART, the console of i.MX8QM (devices.md 7.3). Sending takes no time: the transmitter is
 * always empty and complete. The receiver has 64 characters with its FIFO on, else one.
 */
public final class Lpuart extends Uart {
    private static final int FIFO_SIZE = 64;
    private static final long VERSION = 0x0401_0003;
    private static final long PARAMETERS = 0x0606;
    private static final long RST = 1 << 1;
    private static final long STAT_OR = 1 << 19;
    private static final long STAT_RDRF = 1 << 21;
    private static final long STAT_SENT = 1 << 23 | 1 << 22;
    private static final long CTRL_LOOPS = 1 << 7;
    private static final long CTRL_RE = 1 << 18;
    private static final long CTRL_TE = 1 << 19;
    private static final long CTRL_RIE = 1 << 21;
    private static final long CTRL_TRANSMIT_INTERRUPTS = 1 << 23 | 1 << 22;
    private static final long CTRL_ORIE = 1 << 27;
    private static final long DATA_RXEMPT = 1 << 12;
    private static final long FIFO_SIZES = 0x55;
    private static final long FIFO_RXFE = 1 << 3;
    private static final long FIFO_ENABLES = 1 << 7 | FIFO_RXFE;
    private static final long FIFO_RXFLUSH = 1 << 14;
    private static final long FIFO_RXUF = 1 << 16;
    private static final long FIFO_RXEMPT = 1 << 22;
    private static final long FIFO_TXEMPT = 1 << 23;

    private static final long CTRL = 0x18;
    private static final long FIFO = 0x28;
    private static final long WATER = 0x2C;

    private final Flag overrun;
    private final Flag underflow;
    private final Cell control;
    private final Cell enables;
    private final Cell watermarks;

    /**
     * Declares the UART.
     *
     * @param layout where its cells go: named after it, in its power domain
     * @param port its number on the board, named in its console events
     */
    public Lpuart(Layout layout, DeviceSpec spec, Lines lines, Clock clock, int port) {
        super(layout, spec, lines, clock, port, FIFO_SIZE);
        overrun = layout.flag("or");
        underflow = layout.flag("rxuf");
        control = layout.cell("ctrl", 32);
        enables = layout.cell("fifo", 16);
        watermarks = layout.cell("water", 32);
        declareSetup(layout);
        declareData();
    }

    private void declareSetup(Layout layout) {
        Cell global = layout.cell("global", 8);
        registers.word(0x00, "VERID").constant(VERSION);
        registers.word(0x04, "PARAM").constant(PARAMETERS);
        registers
                .word(0x08, "GLOBAL")
                .reads((board, _, _) -> global.get(board))
                .writes((board, _, _, value) -> {
                    global.set(board, value & RST);
                    reset(board, value);
                });
        registers.word(0x0C, "PINCFG").stores(layout.cell("pincfg", 8), 0x3);
        registers.word(0x10, "BAUD").stores(layout.cell("baud", 32, 0x0F00_0004L), 0xEFFF_FFFFL);
        registers.word(0x20, "MATCH").stores(layout.cell("match", 32), 0x03FF_03FFL);
        registers.word(0x24, "MODIR").stores(layout.cell("modir", 32), 0x0007_FF3FL);
        registers
                .word(FIFO, "FIFO")
                .reads((board, _, _) -> fifo(board))
                .writes((board, _, _, value) -> fifo(board, value));
        registers
                .word(WATER, "WATER")
                .reads((board, _, _) -> watermarks.get(board) | (long) received.count(board) << 24)
                .writes((board, _, _, value) -> {
                    watermarks.set(board, value & 0x003F_003FL);
                    drive(board);
                });
    }

    private void declareData() {
        registers
                .word(0x14, "STAT")
                .reads((board, _, _) -> status(board))
                .writes((board, _, _, value) -> {
                    overrun.set(board, overrun.get(board) && (value & STAT_OR) == 0);
                    drive(board);
                });
        steers(registers.word(CTRL, "CTRL"), control, 0xFFFF_FFFFL).kept();
        registers
                .word(0x1C, "DATA")
                .reads((board, _, _) -> receive(board))
                .writes((board, _, _, value) -> send(board, value & 0xFF))
                .sideEffects();
    }

    @Override
    public void open(Board board) {
        write(board, CTRL, 0);
        write(board, FIFO, FIFO_ENABLES | FIFO_RXFLUSH);
        write(board, WATER, 0);
        write(board, CTRL, CTRL_TE | CTRL_RE | CTRL_RIE);
    }

    @Override
    public boolean sends(Board board) {
        return on(board, CTRL_TE);
    }

    @Override
    boolean receives(Board board) {
        return on(board, CTRL_RE);
    }

    private boolean on(Board board, long bit) {
        return (control.get(board) & bit) != 0;
    }

    /** While the reset bit is set everything else is as after a reset. */
    private void reset(Board board, long global) {
        if ((global & RST) != 0) {
            control.set(board, 0);
            enables.set(board, 0);
            watermarks.set(board, 0);
            overrun.set(board, false);
            underflow.set(board, false);
            received.clear(board);
            drive(board);
        }
    }

    private int depth(Board board) {
        return (enables.get(board) & FIFO_RXFE) != 0 ? FIFO_SIZE : 1;
    }

    private long fifo(Board board) {
        return FIFO_TXEMPT
                | (received.count(board) == 0 ? FIFO_RXEMPT : 0)
                | (underflow.get(board) ? FIFO_RXUF : 0)
                | enables.get(board)
                | FIFO_SIZES;
    }

    private void fifo(Board board, long value) {
        enables.set(board, value & (FIFO_ENABLES | 0x1F00));
        underflow.set(board, underflow.get(board) && (value & FIFO_RXUF) == 0);
        if ((value & FIFO_RXFLUSH) != 0) {
            received.clear(board);
        }
        drive(board);
    }

    private boolean full(Board board) {
        return received.count(board) > (watermarks.get(board) >>> 16 & 0x3F);
    }

    private long status(Board board) {
        return STAT_SENT | (full(board) ? STAT_RDRF : 0) | (overrun.get(board) ? STAT_OR : 0);
    }

    private void send(Board board, long character) {
        if (sends(board)) {
            terminal.show(board, character);
            if (on(board, CTRL_LOOPS) && receives(board)) {
                arrive(board, character);
            }
        }
    }

    @Override
    void arrive(Board board, long character) {
        if (received.count(board) >= depth(board)) {
            overrun.set(board, true);
        } else {
            received.push(board, character);
        }
        drive(board);
    }

    private long receive(Board board) {
        if (received.count(board) == 0) {
            underflow.set(board, true);
            return DATA_RXEMPT;
        }
        long value = received.pop(board);
        drive(board);
        return value | (received.count(board) == 0 ? DATA_RXEMPT : 0);
    }

    @Override
    protected void drive(Board board) {
        boolean wanted = on(board, CTRL_RIE) && full(board)
                || on(board, CTRL_ORIE) && overrun.get(board)
                || on(board, CTRL_TRANSMIT_INTERRUPTS);
        line.drive(board, wanted);
    }
}

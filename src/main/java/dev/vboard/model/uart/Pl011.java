package dev.vboard.model.uart;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.PrimeCell;
import dev.vboard.model.core.Register;
import dev.vboard.model.profile.DeviceSpec;

/**
 * Arm's PL011 UART (devices.md 2). Sending takes no time: the transmit FIFO is always empty, and
 * what is sent while the transmitter is off is lost. One received character raises the receive
 * interrupt, and the time-out interrupt with the FIFOs on, whatever the trigger level.
 */
public final class Pl011 extends Uart {
    private static final int FIFO = 16;

    private static final long FR_RXFE = 1 << 4;
    private static final long FR_RXFF = 1 << 6;
    private static final long FR_TXFE = 1 << 7;
    private static final long LCR_FEN = 1 << 4;
    private static final long LCR_WLEN_8 = 3 << 5;
    private static final long CR_UARTEN = 1;
    private static final long CR_LBE = 1 << 7;
    private static final long CR_TXE = 1 << 8;
    private static final long CR_RXE = 1 << 9;
    private static final long CR_DTR = 1 << 10;
    private static final long CR_RTS = 1 << 11;
    private static final long INT_RX = 1 << 4;
    private static final long INT_TX = 1 << 5;
    private static final long INT_RT = 1 << 6;
    private static final long INT_OE = 1 << 10;
    private static final long DR_OE = 1 << 11;
    private static final long RSR_OE = 1 << 3;
    private static final long INTERRUPTS = 0x7FF;

    private static final long DR = 0x00;
    private static final long RSR = 0x04;
    private static final long LCR_H = 0x2C;
    private static final long CR = 0x30;
    private static final long IMSC = 0x38;
    private static final long ICR = 0x44;
    private static final long DMACR = 0x48;

    private final Flag overrun;
    private final Cell errors;
    private final Cell lineControl;
    private final Cell control;
    private final Cell mask;
    private final Cell raw;

    /**
     * Declares the UART.
     *
     * @param layout where its cells go: named after it, in its power domain
     * @param port its number on the board, named in its console events
     */
    public Pl011(Layout layout, DeviceSpec spec, Lines lines, Clock clock, int port) {
        super(layout, spec, lines, clock, port, FIFO);
        overrun = layout.flag("overrun");
        errors = layout.cell("rsr", 8);
        lineControl = layout.cell("lcr", 8);
        control = layout.cell("cr", 16, CR_TXE | CR_RXE);
        mask = layout.cell("imsc", 16);
        raw = layout.cell("ris", 16);
        declareData(layout);
        declareInterrupts();
        PrimeCell.identify(registers, "UART", 0x11, 0x10, 0x14, 0x00);
        registers.all().forEach(Register::narrow);
    }

    private void declareData(Layout layout) {
        registers
                .word(DR, "UARTDR")
                .reads((board, _, _) -> receive(board))
                .writes((board, _, _, value) -> send(board, value & 0xFF))
                .sideEffects();
        registers
                .word(RSR, "UARTRSR")
                .reads((board, _, _) -> errors.get(board))
                .writes((board, _, _, _) -> errors.set(board, 0));
        registers.word(0x18, "UARTFR").reads((board, _, _) -> flags(board));
        registers.word(0x20, "UARTILPR").stores(layout.cell("ilpr", 8), 0xFF);
        // The divisor is latched by LCR_H; as sending takes no time, nothing shows the latch.
        registers.word(0x24, "UARTIBRD").stores(layout.cell("ibrd", 16), 0xFFFF);
        registers.word(0x28, "UARTFBRD").stores(layout.cell("fbrd", 8), 0x3F);
        registers
                .word(LCR_H, "UARTLCR_H")
                .reads((board, _, _) -> lineControl.get(board))
                .writes((board, _, _, value) -> lineControl(board, value));
        registers.word(CR, "UARTCR").stores(control, 0xFF87);
        registers.word(0x34, "UARTIFLS").stores(layout.cell("ifls", 8, 0x12), 0x3F);
        registers.word(DMACR, "UARTDMACR").stores(layout.cell("dmacr", 8), 0x7);
    }

    private void declareInterrupts() {
        steers(registers.word(IMSC, "UARTIMSC"), mask, INTERRUPTS);
        registers.word(0x3C, "UARTRIS").reads((board, _, _) -> raw.get(board));
        registers.word(0x40, "UARTMIS").reads((board, _, _) -> raw.get(board) & mask.get(board));
        registers.word(ICR, "UARTICR").writes((board, _, _, value) -> lower(board, value));
    }

    @Override
    public void open(Board board) {
        write(board, IMSC, 0);
        write(board, DMACR, 0);
        write(board, LCR_H, LCR_WLEN_8 | LCR_FEN);
        write(board, RSR, 0);
        write(board, ICR, 0xFFFF);
        long kept = control.get(board) & (CR_DTR | CR_RTS);
        write(board, CR, kept | CR_RXE | CR_TXE | CR_UARTEN);
        write(board, IMSC, INTERRUPTS & -INT_RX);
    }

    @Override
    public boolean sends(Board board) {
        return on(board, CR_TXE);
    }

    @Override
    boolean receives(Board board) {
        return on(board, CR_RXE);
    }

    private boolean on(Board board, long direction) {
        long needed = CR_UARTEN | direction;
        return (control.get(board) & needed) == needed;
    }

    private int depth(Board board) {
        return (lineControl.get(board) & LCR_FEN) != 0 ? FIFO : 1;
    }

    private long flags(Board board) {
        int count = received.count(board);
        return FR_TXFE | (count == 0 ? FR_RXFE : 0) | (count == depth(board) ? FR_RXFF : 0);
    }

    private void lineControl(Board board, long value) {
        long changed = lineControl.get(board) ^ value;
        lineControl.set(board, value);
        if ((changed & LCR_FEN) != 0) {
            received.clear(board);
            lower(board, INT_RX | INT_RT);
        }
    }

    private void send(Board board, long character) {
        if (!sends(board)) {
            return;
        }
        terminal.show(board, character);
        if ((control.get(board) & (CR_LBE | CR_RXE)) == (CR_LBE | CR_RXE)) {
            arrive(board, character);
        }
        raise(board, INT_TX);
    }

    @Override
    void arrive(Board board, long character) {
        if (received.count(board) == depth(board)) {
            overrun.set(board, true);
            errors.set(board, errors.get(board) | RSR_OE);
            raise(board, INT_OE);
            return;
        }
        received.push(board, character);
        raise(board, depth(board) > 1 ? INT_RX | INT_RT : INT_RX);
    }

    private long receive(Board board) {
        long value = received.pop(board) | (overrun.get(board) ? DR_OE : 0);
        overrun.set(board, false);
        if (received.count(board) == 0) {
            lower(board, INT_RX | INT_RT);
        }
        return value;
    }

    private void raise(Board board, long interrupts) {
        raw.set(board, raw.get(board) | interrupts);
        drive(board);
    }

    private void lower(Board board, long interrupts) {
        raw.set(board, raw.get(board) & ~interrupts);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        line.drive(board, (raw.get(board) & mask.get(board)) != 0);
    }
}

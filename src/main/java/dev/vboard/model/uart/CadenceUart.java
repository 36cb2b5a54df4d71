package dev.vboard.model.uart;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.profile.DeviceSpec;

/**
 * Cadence's UART as ZynqMP has it (devices.md 7.2): what Xen's driver and a wake-up by typing need.
 * Sending takes no time; what is sent while the transmitter is off is lost. Absent, RAZ/WI: modem
 * control and status, flow delay, transmit trigger, receive byte status.
 */
public final class CadenceUart extends Uart {
    private static final int FIFO = 64;

    private static final long CR_RXRST = 1;
    private static final long CR_TXRST = 1 << 1;
    private static final long CR_RXEN = 1 << 2;
    private static final long CR_RXDIS = 1 << 3;
    private static final long CR_TXEN = 1 << 4;
    private static final long CR_TXDIS = 1 << 5;
    private static final long CR_STPBRK = 1 << 8;
    private static final long CR_STORED = 0x1FF & ~(CR_RXRST | CR_TXRST);
    private static final long MR_NO_PARITY = 1 << 5;
    private static final long MR_MODE = 3 << 8;
    private static final long MR_LOCAL_LOOPBACK = 2 << 8;
    private static final long INT_RTRIG = 1;
    private static final long INT_REMPTY = 1 << 1;
    private static final long INT_RFUL = 1 << 2;
    private static final long INT_TEMPTY = 1 << 3;
    private static final long INT_ROVR = 1 << 5;
    private static final long INT_TIMEOUT = 1 << 8;
    private static final long INTERRUPTS = 0x3FFF;

    private static final long CR = 0x00;
    private static final long MR = 0x04;
    private static final long IER = 0x08;
    private static final long IDR = 0x0C;
    private static final long ISR = 0x14;
    private static final long RXWM = 0x20;

    private final Cell control;
    private final Cell mode;
    private final Cell mask;
    private final Cell latched;
    private final Cell trigger;
    private final Cell timeout;

    /**
     * Declares the UART.
     *
     * @param layout where its cells go: named after it, in its power domain
     * @param port its number on the board, named in its console events
     */
    public CadenceUart(Layout layout, DeviceSpec spec, Lines lines, Clock clock, int port) {
        super(layout, spec, lines, clock, port, FIFO);
        control = layout.cell("control", 16, CR_RXDIS | CR_TXDIS | CR_STPBRK);
        mode = layout.cell("mode", 16);
        mask = layout.cell("imr", 16);
        latched = layout.cell("isr", 16, INT_REMPTY | INT_TEMPTY);
        trigger = layout.cell("rx-trigger", 8, 0x20);
        timeout = layout.cell("rx-timeout", 8);
        declareControl(layout);
        declareInterrupts();
    }

    private void declareControl(Layout layout) {
        registers
                .word(CR, "Control")
                .reads((board, _, _) -> control.get(board))
                .writes((board, _, _, value) -> control(board, value));
        registers.word(MR, "Mode").stores(mode, 0x3FF);
        registers.word(0x18, "Baud_rate_gen").stores(layout.cell("baud-gen", 16, 0x28B), 0xFFFF);
        registers.word(0x1C, "Rcvr_timeout").stores(timeout, 0xFF);
        steers(registers.word(RXWM, "Rcvr_FIFO_trigger_level"), trigger, 0x3F);
        registers.word(0x2C, "Channel_sts").reads((board, _, _) -> status(board));
        registers
                .word(0x30, "TX_RX_FIFO")
                .reads((board, _, _) -> receive(board))
                .writes((board, _, _, value) -> send(board, value & 0xFF))
                .sideEffects();
        registers.word(0x34, "Baud_rate_divider").stores(layout.cell("baud-div", 8, 0xF), 0xFF);
    }

    private void declareInterrupts() {
        registers
                .word(IER, "Intrpt_en")
                .writes((board, _, _, value) -> mask(board, mask.get(board) | value));
        registers
                .word(IDR, "Intrpt_dis")
                .writes((board, _, _, value) -> mask(board, mask.get(board) & ~value));
        registers.word(0x10, "Intrpt_mask").reads((board, _, _) -> mask.get(board));
        latches(registers.word(ISR, "Chnl_int_sts"), latched);
    }

    @Override
    public void open(Board board) {
        write(board, MR, MR_NO_PARITY);
        write(board, CR, CR_RXRST | CR_TXRST | CR_RXEN | CR_TXEN);
        write(board, RXWM, 1);
        write(board, ISR, INTERRUPTS);
        write(board, IDR, INTERRUPTS);
        write(board, IER, INT_RTRIG);
    }

    @Override
    public boolean sends(Board board) {
        return (control.get(board) & (CR_TXEN | CR_TXDIS)) == CR_TXEN;
    }

    @Override
    boolean receives(Board board) {
        return (control.get(board) & (CR_RXEN | CR_RXDIS)) == CR_RXEN;
    }

    private void control(Board board, long value) {
        control.set(board, value & CR_STORED);
        if ((value & CR_RXRST) != 0) {
            received.clear(board);
        }
        drive(board);
    }

    private void send(Board board, long character) {
        if (!sends(board)) {
            return;
        }
        if ((mode.get(board) & MR_MODE) != MR_LOCAL_LOOPBACK) {
            terminal.show(board, character);
        } else if (receives(board)) {
            arrive(board, character);
        }
        drive(board);
    }

    @Override
    void arrive(Board board, long character) {
        if (received.count(board) == FIFO) {
            latch(board, INT_ROVR);
            return;
        }
        received.push(board, character);
        // The line falls silent at once, so the time-out, if one is set, has passed.
        latch(board, timeout.get(board) != 0 ? INT_TIMEOUT : 0);
    }

    private long receive(Board board) {
        long value = received.pop(board);
        drive(board);
        return value;
    }

    private long status(Board board) {
        int count = received.count(board);
        int level = trigger.getInt(board);
        return INT_TEMPTY
                | (level != 0 && count >= level ? INT_RTRIG : 0)
                | (count == 0 ? INT_REMPTY : 0)
                | (count == FIFO ? INT_RFUL : 0);
    }

    private void mask(Board board, long value) {
        mask.set(board, value & INTERRUPTS);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        latch(board, 0);
    }

    /** Latches events and whatever holds right now, so that acknowledging does not lose it. */
    private void latch(Board board, long events) {
        latched.set(board, latched.get(board) | events | status(board));
        line.drive(board, (latched.get(board) & mask.get(board)) != 0);
    }
}

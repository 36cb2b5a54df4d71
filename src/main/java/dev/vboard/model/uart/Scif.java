package dev.vboard.model.uart;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Register;
import dev.vboard.model.profile.DeviceSpec;

import java.util.List;

/**
 * Renesas' SCIF, the console of R-Car (devices.md 7.6): registers of 8 and 16 bits, four bytes
 * apart. Sending takes no time. Status bits are cleared by writing a zero, and come back while
 * their cause is there. Fewer characters than the trigger are ready data at once.
 */
public final class Scif extends Uart {
    private static final int FIFO = 16;
    private static final int[] TRIGGER = {1, 4, 8, 14};
    private static final long SCSCR_TIE = 1 << 7;
    private static final long SCSCR_RIE = 1 << 6;
    private static final long SCSCR_TE = 1 << 5;
    private static final long SCSCR_RE = 1 << 4;
    private static final long SCSCR_REIE = 1 << 3;
    private static final long SCFSR_TEND = 1 << 6;
    private static final long SCFSR_TDFE = 1 << 5;
    private static final long SCFSR_RDF = 1 << 1;
    private static final long SCFSR_DR = 1;
    private static final long SCFCR_RFRST = 1 << 1;
    private static final long SCFCR_LOOP = 1;

    private static final long SCSCR = 0x08;
    private static final long SCFSR = 0x10;
    private static final long SCFCR = 0x18;
    private static final long SCLSR = 0x24;

    private final Cell control;
    private final Cell fifoControl;
    private final Flag full;
    private final Flag ready;
    private final Flag overrun;

    /**
     * Declares the UART.
     *
     * @param layout where its cells go: named after it, in its power domain
     * @param port its number on the board, named in its console events
     */
    public Scif(Layout layout, DeviceSpec spec, Lines lines, Clock clock, int port) {
        super(layout, spec, lines, clock, port, FIFO);
        control = layout.cell("scscr", 16);
        fifoControl = layout.cell("scfcr", 16);
        full = layout.flag("rdf");
        ready = layout.flag("dr");
        overrun = layout.flag("orer");
        half(0x00, "SCSMR").stores(layout.cell("scsmr", 16), 0x007B);
        registers.bytes(0x04, "SCBRR", 1).stores(layout.cell("scbrr", 8, 0xFF), 0xFF);
        half(0x20, "SCSPTR").stores(layout.cell("scsptr", 16), 0x00FF);
        half(0x30, "DL").stores(layout.cell("dl", 16), 0xFFFF);
        half(0x34, "CKS").stores(layout.cell("cks", 16), 0xC000);
        declareControl();
        declareData();
    }

    private Register half(long offset, String name) {
        return registers.halves(offset, List.of(name));
    }

    private void declareControl() {
        steers(half(SCSCR, "SCSCR"), control, 0x00FF).kept();
        half(SCFSR, "SCFSR")
                .reads((board, _, _) -> status(board))
                .writes((board, _, _, value) -> acknowledge(board, value));
        half(SCFCR, "SCFCR")
                .kept()
                .reads((board, _, _) -> fifoControl.get(board))
                .writes((board, _, _, value) -> {
                    fifoControl.set(board, value & 0x07FF);
                    if ((value & SCFCR_RFRST) != 0) {
                        received.clear(board);
                    }
                    judge(board);
                });
        half(0x1C, "SCFDR").reads((board, _, _) -> received.count(board));
        half(SCLSR, "SCLSR")
                .reads((board, _, _) -> overrun.get(board) ? 1 : 0)
                .writes((board, _, _, value) -> {
                    overrun.set(board, overrun.get(board) && (value & 1) != 0);
                    drive(board);
                });
    }

    private void declareData() {
        registers
                .bytes(0x0C, "SCFTDR", 1)
                .writes((board, _, _, value) -> send(board, value & 0xFF));
        registers
                .bytes(0x14, "SCFRDR", 1)
                .reads((board, _, _) -> received.pop(board))
                .sideEffects();
    }

    @Override
    public void open(Board board) {
        write(board, SCSCR, 0);
        write(board, SCFCR, SCFCR_RFRST | 1 << 2);
        write(board, SCFSR, 0);
        write(board, SCLSR, 0);
        write(board, SCFCR, 0);
        write(board, SCSCR, SCSCR_TE | SCSCR_RE | SCSCR_RIE | SCSCR_REIE);
    }

    @Override
    void write(Board board, long offset, long value) {
        registers.write(board, Access.el2(0), offset, Short.BYTES, value);
    }

    @Override
    public boolean sends(Board board) {
        return on(board, SCSCR_TE);
    }

    @Override
    boolean receives(Board board) {
        return on(board, SCSCR_RE);
    }

    private boolean on(Board board, long bit) {
        return (control.get(board) & bit) != 0;
    }

    private int trigger(Board board) {
        return TRIGGER[(int) (fifoControl.get(board) >>> 6 & 3)];
    }

    private long status(Board board) {
        return SCFSR_TEND
                | SCFSR_TDFE
                | (full.get(board) ? SCFSR_RDF : 0)
                | (ready.get(board) ? SCFSR_DR : 0);
    }

    private void acknowledge(Board board, long kept) {
        full.set(board, full.get(board) && (kept & SCFSR_RDF) != 0);
        ready.set(board, ready.get(board) && (kept & SCFSR_DR) != 0);
        judge(board);
    }

    /** Sets the flags whose cause is there. */
    private void judge(Board board) {
        int count = received.count(board);
        if (count >= trigger(board)) {
            full.set(board, true);
        } else if (count > 0) {
            ready.set(board, true);
        }
        drive(board);
    }

    private void send(Board board, long character) {
        if (sends(board)) {
            terminal.show(board, character);
            if ((fifoControl.get(board) & SCFCR_LOOP) != 0 && receives(board)) {
                arrive(board, character);
            }
        }
    }

    @Override
    void arrive(Board board, long character) {
        if (received.count(board) == FIFO) {
            overrun.set(board, true);
            drive(board);
        } else {
            received.push(board, character);
            judge(board);
        }
    }

    @Override
    protected void drive(Board board) {
        boolean data = full.get(board) || ready.get(board);
        boolean wanted = on(board, SCSCR_TIE)
                || on(board, SCSCR_RIE) && data
                || on(board, SCSCR_RIE | SCSCR_REIE) && overrun.get(board);
        line.drive(board, wanted);
    }
}

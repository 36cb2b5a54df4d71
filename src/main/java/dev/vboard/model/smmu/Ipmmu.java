package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Renesas' IPMMU on R-Car (devices.md 7.6): the root unit with its contexts and the micro-TLBs of
 * the masters, which on the chip are spread over cache units. A master's stream id is the number of
 * its micro-TLB. One that is on needs its context: without it every access faults.
 */
public final class Ipmmu extends ProfileDevice implements Smmu {
    private static final int CONTEXTS = 8;
    private static final int STRIDE = 0x40;
    private static final int MICRO_TLBS = 48;
    private static final long MICRO_FIRST = 0x300;
    private static final int MICRO_STRIDE = 0x10;
    private static final long MMUEN = 1;
    private static final long INTEN = 1 << 2;
    private static final long TRANSLATION_FAULT = 1;
    private static final long STATUS = 0x17;
    private static final long GEOMETRY = 0xFF;
    private static final long WORD = 0xFFFF_FFFFL;

    private final Line line;
    private final List<Context> contexts;
    private final List<Cell> microTlbs;

    private record Context(
            Cell control, Cell geometry, Cell low, Cell high, Cell status, Cell at, Cell atHigh) {
        long root(Board board) {
            return high.get(board) << 32 | low.get(board);
        }

        boolean interrupts(Board board) {
            return status.get(board) != 0 && (control.get(board) & INTEN) != 0;
        }
    }

    /** Declares the unit; its first line is that of faults. */
    public Ipmmu(Layout layout, DeviceSpec spec, Lines lines) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        List<Context> all = new ArrayList<>();
        for (int i = 0; i < CONTEXTS; i++) {
            all.add(context(layout.named("context" + i), i));
        }
        contexts = List.copyOf(all);
        microTlbs = layout.cells("imuctr", MICRO_TLBS, 8);
        for (int i = 0; i < MICRO_TLBS; i++) {
            long at = MICRO_FIRST + (long) MICRO_STRIDE * i;
            registers.word(at, "IMUCTR" + i).stores(microTlbs.get(i), 0xF1);
        }
    }

    private Context context(Layout layout, int number) {
        Context context = new Context(
                layout.cell("imctr", 8),
                layout.cell("imttbcr", 32),
                layout.cell("imttlbr", 32),
                layout.cell("imttubr", 8),
                layout.cell("imstr", 8),
                layout.cell("imelar", 32),
                layout.cell("imeuar", 8));
        long base = (long) STRIDE * number;
        steers(registers.word(base, "IMCTR" + number), context.control, MMUEN | INTEN)
                .kept();
        registers.word(base + 0x08, "IMTTBCR" + number).stores(context.geometry, WORD);
        registers.word(base + 0x10, "IMTTLBR" + number).stores(context.low, 0xFFFF_F000L);
        registers.word(base + 0x14, "IMTTUBR" + number).stores(context.high, 0xFF);
        registers
                .word(base + 0x20, "IMSTR" + number)
                .reads((board, _, _) -> context.status.get(board))
                .writes((board, _, _, value) -> {
                    context.status.set(board, value & STATUS & context.status.get(board));
                    drive(board);
                });
        registers.word(base + 0x28, "IMMAIR" + number).stores(layout.cell("immair", 32), WORD);
        registers
                .word(base + 0x30, "IMELAR" + number)
                .reads((board, _, _) -> context.at.get(board));
        registers
                .word(base + 0x34, "IMEUAR" + number)
                .reads((board, _, _) -> context.atHigh.get(board));
        return context;
    }

    @Override
    public Passage pass(Board board, int stream, long at, boolean write) {
        long microTlb = stream < MICRO_TLBS ? microTlbs.get(stream).get(board) : 0;
        if ((microTlb & MMUEN) == 0) {
            return Passage.BYPASS;
        }
        int number = (int) (microTlb >>> 4) & CONTEXTS - 1;
        Context context = contexts.get(number);
        if ((context.control.get(board) & MMUEN) == 0) {
            fault(board, context, at);
            return Passage.FAULT;
        }
        long geometry = context.geometry.get(board) & GEOMETRY;
        return new Passage(Kind.TRANSLATE, context.root(board), geometry, number);
    }

    @Override
    public void notMapped(Board board, int stream, Passage passage, long at, boolean write) {
        fault(board, contexts.get(passage.context()), at);
    }

    private void fault(Board board, Context context, long at) {
        if (context.status.get(board) == 0) {
            context.at.set(board, at);
            context.atHigh.set(board, at >>> 32);
        }
        context.status.set(board, TRANSLATION_FAULT);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        boolean high = false;
        for (int i = 0; i < CONTEXTS && !high; i++) {
            high = contexts.get(i).interrupts(board);
        }
        line.drive(board, high);
    }
}

package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Frames;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Arm's MMU-500, an SMMUv2 (devices.md 5): global registers in the lower half of its window, a
 * context bank of 4 KiB each in the upper half, all faults on one line. Out of reset it lets every
 * access through. Translations are not cached, so the invalidations have nothing to do.
 */
public final class SmmuV2 extends ProfileDevice implements Smmu {
    private static final int PAGE = 0x1000;
    private static final int STREAMS = 48;
    private static final long WORD = 0xFFFF_FFFFL;
    private static final long CLIENTPD = 1;
    private static final long GFIE = 1 << 2;
    private static final long USFCFG = 1 << 10;
    private static final long SMR_VALID = 1L << 31;
    private static final long ID = 0x7FFF;
    private static final int TRANSLATE = 0;
    private static final int BYPASS = 1;
    private static final long INVALID_CONTEXT = 1;
    private static final long UNKNOWN_STREAM = 1 << 1;
    private static final long MULTIPLE = 1L << 31;
    private static final long WRITE = 1 << 1;

    /** Stage 2 and stream matching, 15 bits of stream id, coherent table walks. */
    private static final long ID0 = 1L << 29 | 1 << 27 | 1 << 14 | 15 << 9 | STREAMS;

    /** 48 bits in and out, granules of 4 and 64 KiB. */
    private static final long ID2 = 0x5555;

    private static final long ID7 = 0x21;

    private final Line line;
    private final Cell control;
    private final Cell status;
    private final Cell address;
    private final Cell syndrome;
    private final Cell faultyStream;
    private final List<Cell> match;
    private final List<Cell> context;
    private final List<ContextBank> banks;
    private final List<Registers> blocks;
    private final Frames frames;

    /** Declares the unit; half as many context banks as its window has pages. */
    public SmmuV2(Layout layout, DeviceSpec spec, Lines lines) {
        super(spec);
        line = lines.line(0, spec.intids().getFirst());
        control = layout.cell("scr0", 32, CLIENTPD);
        status = layout.cell("sgfsr", 32);
        address = layout.cell("sgfar", 64);
        syndrome = layout.cell("sgfsynr0", 32);
        faultyStream = layout.cell("sgfsynr1", 32);
        match = layout.cells("smr", STREAMS, 32);
        context = layout.cells("s2cr", STREAMS, 32);
        int pages = (int) (spec.sizeBytes() / PAGE);
        List<ContextBank> all = new ArrayList<>();
        for (int i = 0; i < pages / 2; i++) {
            all.add(new ContextBank(layout, i, this::drive));
        }
        banks = List.copyOf(all);
        declareGlobal();
        List<Frames.Bank> placed = new ArrayList<>();
        placed.add(new Frames.Bank(0, registers));
        placed.add(new Frames.Bank(1, attributes(layout)));
        for (int i = 0; i < banks.size(); i++) {
            placed.add(new Frames.Bank(pages / 2 + i, banks.get(i).registers()));
        }
        frames = new Frames(pages, placed);
        List<Registers> in = new ArrayList<>();
        placed.forEach(bank -> in.add(bank.registers()));
        blocks = List.copyOf(in);
    }

    private void declareGlobal() {
        steers(registers.word(0x00, "SMMU_sCR0"), control, 0x3FFF_FFFFL).kept();
        long pageBits = Integer.numberOfTrailingZeros(Math.max(banks.size(), 2)) - 1L;
        long id1 = pageBits << 28 | (long) banks.size() << 16 | banks.size();
        long[] ids = {ID0, id1, ID2, 0, 0, 0, 0, ID7};
        registers.word(0x20, "SMMU_IDR").count(ids.length).reads((_, _, i) -> ids[i]);
        record(registers.doubleWord(0x40, "SMMU_sGFAR"), address, -1L);
        latches(registers.word(0x48, "SMMU_sGFSR"), status);
        record(registers.word(0x50, "SMMU_sGFSYNR0"), syndrome, 0x7F);
        record(registers.word(0x54, "SMMU_sGFSYNR1"), faultyStream, 0x7FFF_7FFFL);
        registers.word(0x58, "SMMU_sGFSYNR2");
        registers.word(0x60, "SMMU_STLBIALL");
        registers.word(0x64, "SMMU_TLBIVMID");
        registers.word(0x68, "SMMU_TLBIALLNSNH");
        registers.word(0x6C, "SMMU_TLBIALLH");
        registers.word(0x70, "SMMU_sTLBGSYNC");
        registers.word(0x74, "SMMU_sTLBGSTATUS");
        array(registers, 0x800, "SMMU_SMR", match, WORD);
        array(registers, 0xC00, "SMMU_S2CR", context, 0x0FFF_3FFFL);
    }

    /** What a fault leaves behind: nothing that software sets up. */
    static void record(Register register, Cell cell, long mask) {
        register.reads((board, _, _) -> cell.get(board))
                .writes((board, _, _, value) -> cell.set(board, value & mask));
    }

    private Registers attributes(Layout layout) {
        Registers attributes = new Registers();
        List<Cell> kinds = layout.cells("cbar", banks.size(), 32);
        List<Cell> widths = layout.cells("cba2r", banks.size(), 32);
        array(attributes, 0x000, "SMMU_CBAR", kinds, WORD);
        array(attributes, 0x800, "SMMU_CBA2R", widths, 0xFFFF_0003L);
        return attributes;
    }

    private static void array(
            Registers bank, long offset, String name, List<Cell> cells, long mask) {
        Cell[] each = cells.toArray(Cell[]::new);
        bank.word(offset, name)
                .count(each.length)
                .kept()
                .reads((board, _, i) -> each[i].get(board))
                .writes((board, _, i, value) -> each[i].set(board, value & mask));
    }

    @Override
    public List<Registers> registers() {
        return blocks;
    }

    @Override
    public Bus.Target target() {
        return frames;
    }

    @Override
    public Passage pass(Board board, int stream, long at, boolean write) {
        if ((control.get(board) & CLIENTPD) != 0) {
            return Passage.BYPASS;
        }
        int group = group(board, stream);
        if (group < 0) {
            return (control.get(board) & USFCFG) == 0
                    ? Passage.BYPASS
                    : fault(board, UNKNOWN_STREAM, stream, at, write);
        }
        long route = context.get(group).get(board);
        int bank = (int) route & 0xFF;
        return switch ((int) (route >>> 16 & 3)) {
            case BYPASS -> Passage.BYPASS;
            case TRANSLATE ->
                bank < banks.size()
                        ? translate(board, bank)
                        : fault(board, INVALID_CONTEXT, stream, at, write);
            default -> fault(board, INVALID_CONTEXT, stream, at, write);
        };
    }

    private Passage translate(Board board, int bank) {
        return banks.get(bank).translates(board)
                ? banks.get(bank).passage(board, bank)
                : Passage.BYPASS;
    }

    /** The first stream match register that knows the stream, or -1. */
    private int group(Board board, int stream) {
        for (int i = 0; i < match.size(); i++) {
            long entry = match.get(i).get(board);
            long cared = ~(entry >>> 16) & ID;
            if ((entry & SMR_VALID) != 0 && ((entry ^ stream) & cared) == 0) {
                return i;
            }
        }
        return -1;
    }

    private Passage fault(Board board, long kind, int stream, long at, boolean write) {
        if (status.get(board) != 0) {
            status.set(board, status.get(board) | MULTIPLE);
        } else {
            status.set(board, kind);
            address.set(board, at);
            syndrome.set(board, write ? WRITE : 0);
            faultyStream.set(board, stream);
        }
        drive(board);
        return Passage.FAULT;
    }

    @Override
    public void notMapped(Board board, int stream, Passage passage, long at, boolean write) {
        banks.get(passage.context()).fault(board, at, write);
        drive(board);
    }

    @Override
    protected void drive(Board board) {
        boolean high = status.get(board) != 0 && (control.get(board) & GFIE) != 0;
        for (int i = 0; i < banks.size() && !high; i++) {
            high = banks.get(i).interrupts(board);
        }
        line.drive(board, high);
    }
}

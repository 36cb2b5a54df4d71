package dev.vboard.model.smmu;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Frames;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Line;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.ProfileDevice;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Arm's SMMUv3 (devices.md 5): stream table and queues in memory, two pages of registers, lines for
 * events, page requests, command syncs and global errors. Linear stream tables, bypass, abort and
 * stage 2; nothing is cached, so a command does no more than be consumed, but CMD_SYNC signals.
 */
public final class SmmuV3 extends ProfileDevice implements Smmu {
    private static final int PAGE1 = 16;
    private static final int EVENT_LINE = 0;
    private static final int SYNC_LINE = 2;
    private static final int ERROR_LINE = 3;
    private static final long SMMUEN = 1;
    private static final long EVTQEN = 1 << 2;
    private static final long CMDQEN = 1 << 3;
    private static final long GBPA_ABORT = 1 << 20;
    private static final long GBPA_UPDATE = 1L << 31;
    private static final long IRQ_ERROR = 1;
    private static final long IRQ_EVENT = 1 << 2;
    private static final long COMMAND_ERROR = 1;
    private static final int BAD_STREAM = 0x02;
    private static final int BAD_ENTRY = 0x04;
    private static final int NOT_MAPPED = 0x10;
    private static final int STE_BYTES = 64;
    private static final int STE_ROOT = 24;
    private static final int STE_GEOMETRY = 20;
    private static final long TABLE = 0x000F_FFFF_FFFF_FFC0L;
    private static final long STE_TABLES = 0x000F_FFFF_FFFF_FFF0L;
    private static final int ABORT = 0;
    private static final int BYPASS = 4;
    private static final int STAGE2 = 6;
    private static final int INVALID = -1;

    /** Stage 1 and 2, AArch64 tables, coherent, 16-bit ASID and VMID, no stalls, linear table. */
    private static final long IDR0 = 0x0544_101B;

    /** 16 bits of stream id, queues of up to 2^19 entries. */
    private static final long IDR1 = 0x0273_0010;

    /** 44 bits out, granules of 4 and 64 KiB. */
    private static final long IDR5 = 0x54;

    private final List<Line> lines;
    private final Cell control;
    private final Cell bypass;
    private final Cell interrupts;
    private final Cell error;
    private final Cell errorSeen;
    private final Cell table;
    private final Cell tableConfig;
    private final Queue events;
    private final CommandQueue commands;
    private final Registers page1 = new Registers();
    private final Frames frames;

    /** Declares the unit; its lines are events, page requests, command syncs, global errors. */
    public SmmuV3(Layout layout, DeviceSpec spec, Lines lines) {
        super(spec);
        List<Line> wires = new ArrayList<>();
        spec.intids().forEach(intid -> wires.add(lines.line(0, intid)));
        this.lines = List.copyOf(wires);
        control = layout.cell("cr0", 8);
        bypass = layout.cell("gbpa", 32, 0x1000);
        interrupts = layout.cell("irq-ctrl", 8);
        error = layout.cell("gerror", 32);
        errorSeen = layout.cell("gerrorn", 32);
        table = layout.cell("strtab-base", 64);
        tableConfig = layout.cell("strtab-base-cfg", 32);
        events = new Queue(layout.named("evtq"), 32);
        commands = new CommandQueue(layout.named("cmdq"), this::synced);
        declareControl(layout);
        declareQueues(layout);
        frames = new Frames(
                PAGE1 + 1, List.of(new Frames.Bank(0, registers), new Frames.Bank(PAGE1, page1)));
    }

    private void declareControl(Layout layout) {
        long[] ids = {IDR0, IDR1, 0, 0, 0, IDR5};
        registers.word(0x00, "SMMU_IDR").count(ids.length).reads((_, _, i) -> ids[i]);
        registers
                .word(0x20, "SMMU_CR0")
                .kept()
                .reads((board, _, _) -> control.get(board))
                .writes((board, _, _, value) -> {
                    control.set(board, value & 0x1F);
                    work(board);
                });
        registers.word(0x24, "SMMU_CR0ACK").reads((board, _, _) -> control.get(board));
        registers.word(0x28, "SMMU_CR1").stores(layout.cell("cr1", 16), 0xFFF);
        registers.word(0x2C, "SMMU_CR2").stores(layout.cell("cr2", 8), 0x7);
        registers
                .word(0x44, "SMMU_GBPA")
                .kept()
                .reads((board, _, _) -> bypass.get(board))
                .writes((board, _, _, value) -> {
                    if ((value & GBPA_UPDATE) != 0) {
                        bypass.set(board, value & 0x001F_FFFFL);
                    }
                });
        registers.word(0x50, "SMMU_IRQ_CTRL").stores(interrupts, 0x7);
        registers.word(0x54, "SMMU_IRQ_CTRLACK").reads((board, _, _) -> interrupts.get(board));
        registers.word(0x60, "SMMU_GERROR").reads((board, _, _) -> error.get(board));
        registers
                .word(0x64, "SMMU_GERRORN")
                .reads((board, _, _) -> errorSeen.get(board))
                .writes((board, _, _, value) -> {
                    errorSeen.set(board, value & 0x1FF);
                    work(board);
                });
        message(layout.named("gerror"), 0x68, "SMMU_GERROR");
        registers.doubleWord(0x80, "SMMU_STRTAB_BASE").stores(table, 0x400F_FFFF_FFFF_FFC0L);
        registers.word(0x88, "SMMU_STRTAB_BASE_CFG").stores(tableConfig, 0x307FF);
    }

    private void declareQueues(Layout layout) {
        registers.doubleWord(0x90, "SMMU_CMDQ_BASE").stores(commands.queue().base, BASE);
        registers
                .word(0x98, "SMMU_CMDQ_PROD")
                .kept()
                .reads((board, _, _) -> commands.queue().producer.get(board))
                .writes((board, _, _, value) -> {
                    commands.queue().producer.set(board, value & 0xF_FFFF);
                    work(board);
                });
        registers.word(0x9C, "SMMU_CMDQ_CONS").stores(commands.queue().consumer, 0x7F0F_FFFFL);
        registers.doubleWord(0xA0, "SMMU_EVTQ_BASE").stores(events.base, BASE);
        message(layout.named("evtq"), 0xB0, "SMMU_EVTQ");
        page1.word(0x0A8, "SMMU_EVTQ_PROD").stores(events.producer, 0x800F_FFFFL);
        page1.word(0x0AC, "SMMU_EVTQ_CONS").stores(events.consumer, 0x800F_FFFFL);
        Queue requests = new Queue(layout.named("priq"), 16);
        registers.doubleWord(0xC0, "SMMU_PRIQ_BASE").stores(requests.base, BASE);
        page1.word(0x0C8, "SMMU_PRIQ_PROD").stores(requests.producer, 0x800F_FFFFL);
        page1.word(0x0CC, "SMMU_PRIQ_CONS").stores(requests.consumer, 0x800F_FFFFL);
    }

    private static final long BASE = 0x400F_FFFF_FFFF_FFFFL;

    private void message(Layout layout, long offset, String name) {
        registers
                .doubleWord(offset, name + "_IRQ_CFG0")
                .stores(layout.cell("irq-cfg0", 64), 0x000F_FFFF_FFFF_FFFCL);
        registers.word(offset + 8, name + "_IRQ_CFG1").stores(layout.cell("irq-cfg1", 32), -1L);
        registers.word(offset + 12, name + "_IRQ_CFG2").stores(layout.cell("irq-cfg2", 8), 0x3F);
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers, page1);
    }

    @Override
    public Bus.Target target() {
        return frames;
    }

    private boolean on(Board board, long bit) {
        return (control.get(board) & bit) != 0;
    }

    /** Consumes what stands in the command queue, unless an error waits to be seen. */
    private void work(Board board) {
        long unseen = error.get(board) ^ errorSeen.get(board);
        if (on(board, CMDQEN) && (unseen & COMMAND_ERROR) == 0 && !commands.consume(board)) {
            error.set(board, error.get(board) ^ COMMAND_ERROR);
            signal(board, IRQ_ERROR, ERROR_LINE);
        }
    }

    private void synced(Board board) {
        lines.get(SYNC_LINE).pulse(board);
    }

    private void signal(Board board, long enable, int line) {
        if ((interrupts.get(board) & enable) != 0) {
            lines.get(line).pulse(board);
        }
    }

    @Override
    public Passage pass(Board board, int stream, long address, boolean write) {
        if (!on(board, SMMUEN)) {
            return (bypass.get(board) & GBPA_ABORT) != 0 ? Passage.ABORT : Passage.BYPASS;
        }
        if (stream >= 1L << Math.min(tableConfig.get(board) & 0x3F, Integer.SIZE - 1)) {
            return fault(board, BAD_STREAM, stream, address, write);
        }
        long entry = (table.get(board) & TABLE) + (long) stream * STE_BYTES;
        long first = board.ram().read(0, entry, Long.BYTES);
        boolean valid = (first & 1) != 0;
        return switch (valid ? (int) (first >>> 1 & 7) : INVALID) {
            case ABORT -> Passage.ABORT;
            case BYPASS -> Passage.BYPASS;
            case STAGE2 ->
                new Passage(
                        Kind.TRANSLATE,
                        board.ram().read(0, entry + STE_ROOT, Long.BYTES) & STE_TABLES,
                        board.ram().read(0, entry + STE_GEOMETRY, 1),
                        0);
            default -> fault(board, BAD_ENTRY, stream, address, write);
        };
    }

    @Override
    public void notMapped(Board board, int stream, Passage passage, long address, boolean write) {
        fault(board, NOT_MAPPED, stream, address, write);
    }

    /** Writes an event; with the queue full it is lost and the overflow flag turns. */
    private Passage fault(Board board, int kind, int stream, long address, boolean write) {
        if (!on(board, EVTQEN)) {
            return Passage.FAULT;
        }
        if (events.full(board)) {
            events.producer.set(board, events.producer.get(board) | GBPA_UPDATE);
            return Passage.FAULT;
        }
        long at = events.entry(board, events.producer);
        board.ram().write(0, at, Long.BYTES, (long) stream << 32 | kind);
        board.ram().write(0, at + 8, Long.BYTES, write ? 0 : 1L << 35);
        board.ram().write(0, at + 16, Long.BYTES, address);
        board.ram().write(0, at + 24, Long.BYTES, 0);
        events.advance(board, events.producer);
        signal(board, IRQ_EVENT, EVENT_LINE);
        return Passage.FAULT;
    }
}

package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Machine;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What a board costs in memory, over ten thousand that share nothing with their template. */
@ParameterizedClass
@ValueSource(strings = {"qemu-virt", "qemu-virt-gicv3"})
class FootprintTest {
    private static final int BOARDS = 10_000;
    private static final int KIB = 1024;
    private static final int HEAP_BYTES = 20 * KIB;
    private static final int CELL_BYTES = 17 * KIB;
    private static final int SPI = 45;

    private final Machine machine;

    FootprintTest(String profile) {
        machine = new Machine(new Catalog().find(profile).orElseThrow().profile());
    }

    /** One write to the hardware, one to Xen, one to Dom0. */
    private static final List<Action> WRITES = List.of(
            new Action.Fire(
                    OptionalInt.of(SPI),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.of(true),
                    Optional.empty()),
            new Action.SetHazards(List.of("HZ-01")),
            new Action.VcpuInterrupt(
                    "0",
                    0,
                    SPI,
                    Optional.empty(),
                    OptionalInt.of(0x80),
                    Optional.empty(),
                    Optional.empty()));

    private Board written(Board template) {
        Board board = template.fork();
        for (Action action : WRITES) {
            Outcome outcome = machine.handle(board, action, Machine.Settle.AS_FOUND, () -> false);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
        }
        return board;
    }

    @Test
    void aBoardThatSharesNothingTakes20KiBOfHeapAnd17OfThemAreCells() {
        Board template = machine.create(LiveBoard.options("rfc2018", 4), Events.NONE);
        assertThat(written(template).ownedBytes()).isPositive();
        Board[] boards = new Board[BOARDS];
        long before = usedHeap();
        for (int i = 0; i < BOARDS; i++) {
            boards[i] = written(template);
        }
        long heap = (usedHeap() - before) / BOARDS;
        int cells = boards[BOARDS - 1].ownedBytes();
        System.out.printf(
                Locale.ROOT,
                "footprint: %d bytes of heap a board, %d of them cells%n",
                heap,
                cells);
        for (int slot = 0; slot < Board.FIRST_DOMAIN + 1; slot++) {
            System.out.printf(
                    Locale.ROOT,
                    "footprint: %s %d bytes%n",
                    template.shape(slot).name(),
                    template.shape(slot).sizeBytes());
            assertThat(boards[0].shape(slot).sizeBytes()).isPositive();
        }
        assertThat(cells).as("bytes of cells").isLessThanOrEqualTo(CELL_BYTES);
        assertThat(heap).as("bytes of heap").isLessThanOrEqualTo(HEAP_BYTES);
        assertThat(boards[0].ownedBytes())
                .as("nothing is shared")
                .isEqualTo(template.shape(Board.HARDWARE).sizeBytes()
                        + template.shape(Board.XEN).sizeBytes()
                        + template.shape(Board.FIRST_DOMAIN).sizeBytes());
    }

    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}

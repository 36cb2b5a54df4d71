package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Machine;
import dev.vboard.model.Outcome;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a board costs in memory, over thousands that share nothing with their template. A board of
 * four CPUs may take 20 KiB, one with more CPUs or clusters 32.
 */
class FootprintTest {
    private static final int KIB = 1024;
    private static final int SPI = 45;

    /** One write to the hardware, one to Xen, one to Dom0. */
    private static final List<Action> WRITES = List.of(
            LiveBoard.line(SPI, true),
            new Action.SetHazards(List.of("HZ-01")),
            new Action.VcpuInterrupt(
                    "0",
                    0,
                    SPI,
                    Optional.empty(),
                    OptionalInt.of(0x80),
                    Optional.empty(),
                    Optional.empty()));

    private static Board written(Machine machine, Board template) {
        Board board = template.fork();
        for (Action action : WRITES) {
            Outcome outcome = machine.handle(board, action, Machine.Settle.AS_FOUND, () -> false);
            assertThat(outcome).isInstanceOf(Outcome.Done.class);
        }
        return board;
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-virt, 10000, 20, 17",
        "qemu-virt-gicv3, 2000, 20, 17",
        "zcu102, 2000, 20, 17",
        "imx8mq, 2000, 20, 17",
        "imx8qm, 2000, 32, 28",
        "rcar-h3, 2000, 32, 28",
        "fvp-base, 2000, 32, 28",
    })
    void aBoardThatSharesNothingFitsIntoSoManyKiBOfHeapAndOfCells(
            String profile, int count, int heapKib, int cellKib) {
        Machine machine = new Machine(new Catalog().find(profile).orElseThrow().profile());
        Board template = machine.create(LiveBoard.options("rfc2018", 4), Events.NONE);
        assertThat(written(machine, template).ownedBytes()).isPositive();
        Board[] boards = new Board[count];
        long before = usedHeap();
        for (int i = 0; i < count; i++) {
            boards[i] = written(machine, template);
        }
        long heap = (usedHeap() - before) / count;
        int cells = boards[count - 1].ownedBytes();
        System.out.printf(
                Locale.ROOT,
                "footprint: %s: %d bytes of heap a board, %d of them cells%n",
                profile,
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
        assertThat(cells).as("bytes of cells").isLessThanOrEqualTo(cellKib * KIB);
        assertThat(heap).as("bytes of heap").isLessThanOrEqualTo((long) heapKib * KIB);
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

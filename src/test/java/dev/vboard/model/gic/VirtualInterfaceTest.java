package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicBoard.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The virtual interface: list registers, maintenance, and the guest's GICV (IHI 0048B 5). */
class VirtualInterfaceTest {
    private static final int HCR = 0x00;
    private static final int VMCR = 0x08;
    private static final int MISR = 0x10;
    private static final int EISR = 0x20;
    private static final int ELRSR = 0x30;
    private static final int GICH_APR = 0xF0;
    private static final int LR = 0x100;

    private static final int IAR = GicBoard.IAR;
    private static final int EOIR = GicBoard.EOIR;
    private static final int DIR = GicBoard.DIR;
    private static final int PENDING = 1 << 28;
    private static final int ACTIVE = 2 << 28;
    private static final int GROUP_1 = 1 << 30;
    private static final int HARDWARE = 1 << 31;
    private static final int EOI = 1 << 19;

    private final GicBoard b = GicBoard.gic400().onWithSplitEnd();

    @BeforeEach
    void switchOn() {
        b.gich(1, HCR, 1);
        b.gicv(1, 0x00, 1);
        b.gicv(1, 0x04, 0xFF);
    }

    private static int entry(int intid, int priority) {
        return PENDING | priority >> 3 << 23 | intid;
    }

    private long lr(int n) {
        return b.gich(1, LR + 4 * n);
    }

    private void lr(int n, int value) {
        b.gich(1, LR + 4 * n, value);
    }

    private boolean maintenance() {
        return b.lines.high(b.board, b.intids.index(1, 25));
    }

    @Test
    void theGuestTakesTheBestPendingListRegister() {
        lr(0, entry(40, 0xA0));
        lr(2, entry(27, 0x80));
        assertThat(b.gic.signalsVirtual(b.board, 1)).isTrue();
        assertThat(b.gic.signalsVirtual(b.board, 0)).isFalse();
        assertThat(b.gicv(1, 0x18)).isEqualTo(27);
        assertThat(b.gicv(1, IAR)).isEqualTo(27);
        assertThat(lr(2)).isEqualTo(entry(27, 0x80) & ~PENDING | ACTIVE);
        assertThat(b.gich(1, GICH_APR)).isEqualTo(1 << 16);
        assertThat(b.gicv(1, 0x14)).isEqualTo(0x80);
        assertThat(b.gicv(1, IAR)).as("0xA0 does not preempt").isEqualTo(SPURIOUS);

        b.gicv(1, EOIR, 27);
        assertThat(lr(2) & (PENDING | ACTIVE)).isZero();
        assertThat(b.gicv(1, 0x14)).isEqualTo(0xFF);
        assertThat(b.gicv(1, IAR)).isEqualTo(40);
    }

    @Test
    void nothingReachesTheGuestWhileTheHypervisorHasTheInterfaceOff() {
        lr(0, entry(40, 0xA0));
        b.gich(1, HCR, 0);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isFalse();
        assertThat(b.gicv(1, IAR)).isEqualTo(SPURIOUS);
    }

    @Test
    void theGuestsMaskAndEnablesGateItsInterrupts() {
        lr(0, entry(40, 0xA0));
        b.gicv(1, 0x04, 0xA0);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isFalse();
        b.gicv(1, 0x04, 0xA8);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isTrue();
        b.gicv(1, 0x00, 2);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isFalse();
        lr(0, entry(40, 0xA0) | GROUP_1);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isTrue();
        assertThat(b.gicv(1, IAR)).as("Group 1 without AckCtl").isEqualTo(1022);
        assertThat(b.gicv(1, 0x20)).isEqualTo(40);
    }

    @Test
    void whatTheGuestProgramsIsTheHypervisorsToSaveAndRestore() {
        b.gicv(1, 0x00, 0x201);
        b.gicv(1, 0x04, 0xF0);
        b.gicv(1, 0x08, 3);
        b.gicv(1, 0x1C, 5);
        assertThat(b.gich(1, VMCR)).isEqualTo(0xF074_0201L);
        b.gich(1, VMCR, 0x8000_0000L);
        assertThat(b.gicv(1, 0x04)).isEqualTo(0x80);
        assertThat(b.gicv(1, 0x08)).isEqualTo(2);
        assertThat(b.gicv(1, 0x1C)).isEqualTo(3);
    }

    @Test
    void endingAHardwareInterruptDeactivatesThePhysicalOne() {
        b.spi(40, 0b0010, 0xA0);
        b.line(0, 40, true);
        assertThat(b.ack(1)).isEqualTo(40);
        b.end(1, 40);
        lr(0, HARDWARE | entry(53, 0xA0) | 40 << 10);
        b.line(0, 40, false);
        assertThat(b.gicv(1, IAR)).isEqualTo(53);
        assertThat(b.get(0, GicBoard.ISACTIVER, 40)).isTrue();
        b.gicv(1, EOIR, 53);
        assertThat(b.get(0, GicBoard.ISACTIVER, 40)).isFalse();
        assertThat(b.gich(1, EISR)).as("hardware ends are not told").isZero();
    }

    @Test
    void aHardwareEntryWithAnSgiOrAbsentNumberDeactivatesNothing() {
        b.set(1, GicBoard.ISACTIVER, 3);
        for (int physical : new int[] {3, 500}) {
            lr(0, HARDWARE | entry(53, 0xA0) | physical << 10);
            assertThat(b.gicv(1, IAR)).isEqualTo(53);
            b.gicv(1, EOIR, 53);
        }
        assertThat(b.get(1, GicBoard.ISACTIVER, 3)).isTrue();
    }

    @Test
    void anSgiCarriesItsSenderToTheGuestAndBack() {
        lr(0, entry(4, 0x90) | 1 << 10);
        lr(1, entry(4, 0x90) | 3 << 10);
        assertThat(b.gicv(1, IAR)).isEqualTo(1 << 10 | 4);
        b.gicv(1, EOIR, 1 << 10 | 4);
        assertThat(b.gicv(1, IAR)).isEqualTo(3 << 10 | 4);
        assertThat(b.gic.virtualInterface().duplicate(b.board, 1)).isEqualTo(-1);
    }

    @Test
    void anEndThatFindsNoListRegisterIsCounted() {
        b.gicv(1, EOIR, 99);
        assertThat(b.gich(1, HCR) >>> 27).as("no priority was dropped").isZero();
        lr(0, entry(40, 0xA0));
        b.gicv(1, IAR);
        lr(0, 0);
        b.gicv(1, EOIR, 40);
        assertThat(b.gich(1, HCR) >>> 27).isEqualTo(1);
        assertThat(b.gich(1, MISR)).isZero();
        b.gich(1, HCR, b.gich(1, HCR) | 1 << 2);
        assertThat(b.gich(1, MISR)).isEqualTo(1 << 2);
        assertThat(maintenance()).isTrue();
        b.gicv(1, EOIR, 1023);
        assertThat(b.gich(1, HCR) >>> 27).isEqualTo(1);
    }

    @Test
    void withSplitEndTheGuestDeactivatesByItself() {
        b.gicv(1, 0x00, 0x201);
        lr(0, entry(40, 0xA0));
        b.gicv(1, IAR);
        b.gicv(1, EOIR, 40);
        assertThat(b.gicv(1, 0x14)).isEqualTo(0xFF);
        assertThat(lr(0) & ACTIVE).isNotZero();
        b.gicv(1, DIR, 40);
        assertThat(lr(0) & ACTIVE).isZero();
        b.gicv(1, DIR, 40);
        assertThat(b.gich(1, HCR) >>> 27).as("without a list register").isEqualTo(1);
        b.gicv(1, 0x00, 1);
        b.gicv(1, DIR, 40);
        assertThat(b.gich(1, HCR) >>> 27).as("ignored without EOImode").isEqualTo(1);
    }

    @Test
    void anEntryThatIsPendingAndActiveWaitsForItsEnd() {
        lr(0, entry(40, 0xA0) | ACTIVE);
        assertThat(b.gic.signalsVirtual(b.board, 1)).isFalse();
        b.gich(1, GICH_APR, 1 << 20);
        b.gicv(1, EOIR, 40);
        assertThat(lr(0) & (PENDING | ACTIVE)).isEqualTo(PENDING);
        assertThat(b.gicv(1, IAR)).isEqualTo(40);
    }

    @Test
    void theHypervisorIsToldOfEndsItAskedFor() {
        lr(1, entry(40, 0xA0) | EOI);
        b.gicv(1, IAR);
        assertThat(maintenance()).isFalse();
        b.gicv(1, EOIR, 40);
        assertThat(b.gich(1, EISR)).isEqualTo(0b0010);
        assertThat(b.gich(1, ELRSR)).isEqualTo(0b1101);
        assertThat(b.gich(1, MISR)).isEqualTo(1);
        assertThat(maintenance()).isTrue();
        lr(1, 0);
        assertThat(maintenance()).isFalse();
    }

    @Test
    void underflowAndNonePendingAskForMore() {
        lr(0, entry(40, 0xA0));
        lr(1, entry(41, 0xA0));
        b.gich(1, HCR, 1 | 1 << 1 | 1 << 3);
        assertThat(b.gich(1, MISR)).isZero();
        b.gicv(1, IAR);
        b.gicv(1, EOIR, 40);
        assertThat(b.gich(1, MISR)).as("one valid entry left").isEqualTo(1 << 1);
        b.gicv(1, IAR);
        assertThat(b.gich(1, MISR)).as("and it is not pending").isEqualTo(1 << 1 | 1 << 3);
        assertThat(maintenance()).isTrue();
        b.gich(1, HCR, 1 << 1);
        assertThat(maintenance()).as("off").isFalse();
    }

    @Test
    void theHypervisorIsToldOfTheGuestsGroupEnables() {
        b.gich(1, HCR, 1 | 0xF0);
        assertThat(b.gich(1, MISR)).isEqualTo(0x90);
        b.gicv(1, 0x00, 2);
        assertThat(b.gich(1, MISR)).isEqualTo(0x60);
    }

    @Test
    void theMaintenanceInterruptReachesItsCpu() {
        b.enable(1, 25, 0xA0);
        b.gich(1, HCR, 1 | 1 << 1);
        assertThat(b.ack(1)).isEqualTo(25);
        assertThat(b.signals(0)).isFalse();
    }

    @Test
    void theMaintenanceLineFallsWithThePower() {
        b.gich(1, HCR, 1 | 1 << 1);
        assertThat(maintenance()).isTrue();
        b.power(false);
        b.power(true);
        assertThat(maintenance()).isFalse();
    }

    @Test
    void twoEntriesForOneInterruptAreFoundAndTheLowerGoesFirst() {
        lr(1, entry(40, 0xA0));
        lr(3, entry(40, 0xA0));
        assertThat(b.gic.virtualInterface().duplicate(b.board, 1)).isEqualTo(40);
        b.gicv(1, IAR);
        assertThat(lr(1) & ACTIVE).isNotZero();
        b.gich(1, HCR, 0);
        assertThat(b.gic.virtualInterface().duplicate(b.board, 1)).isEqualTo(-1);
    }
}

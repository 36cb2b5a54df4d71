package dev.vboard.model.gic;

import static dev.vboard.model.gic.GicV3Board.ISACTIVER;
import static dev.vboard.model.gic.GicV3Board.ISPENDR;
import static dev.vboard.model.gic.GicV3Board.SPURIOUS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The virtual interface of a GICv3: ICH for the hypervisor, ICV for the guest (gic.md 6, 7). */
class GicV3VirtualTest {
    private static final long PENDING = 1L << 62;
    private static final long ACTIVE = 2L << 62;
    private static final long HARDWARE = 1L << 61;
    private static final long GROUP_1 = 1L << 60;
    private static final long END = 1L << 41;
    private static final int CPU = 1;
    private static final long IMO = 1 << 4;
    private static final long FMO = 1 << 3;

    private final GicV3Board b = GicV3Board.virt().onWithSplitEnd();
    private final Access guest = Access.el1(CPU);

    private static long entry(int intid, int priority) {
        return PENDING | GROUP_1 | (long) priority << 48 | intid;
    }

    @BeforeEach
    void theHypervisorRoutesAndTheGuestOpensItsInterface() {
        b.write(Access.el2(CPU), "HCR_EL2", IMO | FMO);
        b.ich(CPU, "HCR", 1);
        b.write(guest, "ICC_PMR_EL1", 0xF0);
        b.write(guest, "ICC_IGRPEN1_EL1", 1);
    }

    private long ack() {
        return b.read(guest, "ICC_IAR1_EL1");
    }

    private void end(long intid) {
        b.write(guest, "ICC_EOIR1_EL1", intid);
    }

    private boolean maintenance() {
        return b.get(CPU, ISPENDR, Gic.MAINTENANCE);
    }

    @Test
    void whatTheGuestDoesStaysInVmcr() {
        assertThat(b.ich(CPU, "VMCR")).isEqualTo(0xF04C_000AL);
        assertThat(b.icc(CPU, "PMR")).as("the physical one").isEqualTo(0xF8);
        b.write(guest, "ICC_CTLR_EL1", 3);
        b.write(guest, "ICC_BPR0_EL1", 5);
        assertThat(b.read(guest, "ICC_BPR1_EL1")).as("CBPR").isEqualTo(6);
        assertThat(b.ich(CPU, "VMCR")).isEqualTo(0xF0AC_021AL);
        b.ich(CPU, "VMCR", 0x9000_0001L);
        assertThat(b.read(guest, "ICC_PMR_EL1")).isEqualTo(0x90);
        assertThat(b.read(guest, "ICC_IGRPEN0_EL1")).isEqualTo(1);
        assertThat(b.read(guest, "ICC_IGRPEN1_EL1")).isZero();
        assertThat(b.icc(0, "PMR")).as("and another CPU's").isEqualTo(0xF8);
    }

    @Test
    void theGuestTakesTheBestPendingListRegisterAndEndsIt() {
        b.ich(CPU, "LR0", entry(27, 0xA0));
        b.ich(CPU, "LR2", entry(40, 0x80));
        assertThat(b.gic.signalsVirtual(b.board, CPU)).isTrue();
        assertThat(b.gic.signalsVirtual(b.board, 0)).isFalse();
        assertThat(b.read(guest, "ICC_HPPIR1_EL1")).isEqualTo(40);
        assertThat(ack()).isEqualTo(40);
        assertThat(b.ich(CPU, "LR2")).isEqualTo(ACTIVE | GROUP_1 | 0x80L << 48 | 40);
        assertThat(b.ich(CPU, "AP1R0")).isEqualTo(1 << (0x80 >> 3));
        assertThat(b.read(guest, "ICC_RPR_EL1")).isEqualTo(0x80);
        assertThat(ack()).as("27 does not preempt").isEqualTo(SPURIOUS);
        end(40);
        assertThat(b.ich(CPU, "LR2") >>> 62).isZero();
        assertThat(ack()).isEqualTo(27);
    }

    @Test
    void endingAHardwareInterruptDeactivatesThePhysicalOne() {
        b.spi(44, CPU, 0xA0);
        b.line(CPU, 44, true);
        assertThat(b.ack(CPU)).isEqualTo(44);
        b.end(CPU, 44);
        assertThat(b.get(0, ISACTIVER, 44)).isTrue();
        b.ich(CPU, "LR0", entry(44, 0xA0) | HARDWARE | 44L << 32);
        assertThat(ack()).isEqualTo(44);
        end(44);
        assertThat(b.get(0, ISACTIVER, 44)).isFalse();
    }

    @Test
    void withVeoimTheGuestDeactivatesByDir() {
        b.write(guest, "ICC_CTLR_EL1", 2);
        b.ich(CPU, "LR0", entry(27, 0xA0));
        assertThat(ack()).isEqualTo(27);
        end(27);
        assertThat(b.ich(CPU, "LR0") >>> 62).isEqualTo(2);
        b.write(guest, "ICC_DIR_EL1", 27);
        assertThat(b.ich(CPU, "LR0") >>> 62).isZero();
        b.write(guest, "ICC_DIR_EL1", 27);
        assertThat(b.ich(CPU, "HCR") >>> 27).as("counted").isEqualTo(1);
        b.write(guest, "ICC_CTLR_EL1", 0);
        b.write(guest, "ICC_DIR_EL1", 28);
        assertThat(b.ich(CPU, "HCR") >>> 27).as("without EOImode ignored").isEqualTo(1);
    }

    @Test
    void anEndWithoutAListRegisterIsCountedIfAPriorityWasDropped() {
        end(27);
        assertThat(b.ich(CPU, "HCR") >>> 27).isZero();
        b.ich(CPU, "AP1R0", 1L << 20);
        end(SPURIOUS);
        assertThat(b.ich(CPU, "AP1R0")).as("spurious").isEqualTo(1L << 20);
        end(27);
        assertThat(b.ich(CPU, "HCR") >>> 27).isEqualTo(1);
        assertThat(b.ich(CPU, "AP1R0")).isZero();
        b.ich(CPU, "HCR", b.ich(CPU, "HCR") | 1 << 2);
        assertThat(b.ich(CPU, "MISR")).isEqualTo(1 << 2);
        assertThat(maintenance()).isTrue();
    }

    @Test
    void theGroupsOfTheGuestHaveRegistersAndLevelsOfTheirOwn() {
        b.write(guest, "ICC_IGRPEN0_EL1", 1);
        b.ich(CPU, "LR0", PENDING | 0x40L << 48 | 33);
        assertThat(ack()).isEqualTo(SPURIOUS);
        assertThat(b.read(guest, "ICC_HPPIR0_EL1")).isEqualTo(33);
        assertThat(b.read(guest, "ICC_IAR0_EL1")).isEqualTo(33);
        assertThat(b.ich(CPU, "AP0R0")).isEqualTo(1 << (0x40 >> 3));
        assertThat(b.read(guest, "ICC_AP0R0_EL1")).isEqualTo(1 << (0x40 >> 3));
        end(33);
        assertThat(b.ich(CPU, "LR0") >>> 62).as("the other group's end").isEqualTo(2);
        b.write(guest, "ICC_EOIR0_EL1", 33);
        assertThat(b.ich(CPU, "LR0") >>> 62).isZero();
    }

    @Test
    void maskAndGroupEnableAndTheSwitchHoldThingsBack() {
        b.ich(CPU, "LR0", entry(27, 0xA0));
        b.write(guest, "ICC_PMR_EL1", 0xA0);
        assertThat(b.gic.signalsVirtual(b.board, CPU)).isFalse();
        b.write(guest, "ICC_PMR_EL1", 0xA8);
        assertThat(b.gic.signalsVirtual(b.board, CPU)).isTrue();
        b.write(guest, "ICC_IGRPEN1_EL1", 0);
        assertThat(ack()).isEqualTo(SPURIOUS);
        b.write(guest, "ICC_IGRPEN1_EL1", 1);
        b.ich(CPU, "HCR", 0);
        assertThat(ack()).isEqualTo(SPURIOUS);
    }

    @Test
    void underflowNothingPendingAndEndsAskForTheHypervisor() {
        b.ich(CPU, "LR0", entry(27, 0xA0));
        b.ich(CPU, "LR1", entry(28, 0xA0) & ~PENDING | END);
        assertThat(b.ich(CPU, "EISR")).isEqualTo(0b0010);
        assertThat(b.ich(CPU, "ELRSR")).isEqualTo(0b1100);
        assertThat(b.ich(CPU, "MISR")).isEqualTo(1);
        assertThat(maintenance()).isTrue();
        b.ich(CPU, "LR1", 0);
        assertThat(maintenance()).isFalse();
        b.ich(CPU, "HCR", 1 | 1 << 1);
        assertThat(b.ich(CPU, "MISR")).as("U").isEqualTo(1 << 1);
        b.ich(CPU, "LR1", entry(28, 0xA0));
        assertThat(maintenance()).isFalse();
        b.ich(CPU, "HCR", 1 | 1 << 3);
        assertThat(ack()).isEqualTo(27);
        end(27);
        assertThat(maintenance()).isFalse();
        assertThat(ack()).isEqualTo(28);
        assertThat(b.ich(CPU, "MISR")).as("NP").isEqualTo(1 << 3);
        assertThat(maintenance()).isTrue();
        b.ich(CPU, "HCR", 1 << 3);
        assertThat(maintenance()).as("off").isFalse();
    }

    @Test
    void theGuestsGroupEnablesCanAskForTheHypervisor() {
        b.ich(CPU, "HCR", 1 | 0xF0);
        assertThat(b.ich(CPU, "MISR")).as("0 disabled, 1 enabled").isEqualTo(0x60);
        b.write(guest, "ICC_IGRPEN1_EL1", 0);
        assertThat(b.ich(CPU, "MISR")).isEqualTo(0xA0);
    }

    @Test
    void withoutRoutingTheGuestReachesThePhysicalInterface() {
        b.write(Access.el2(CPU), "HCR_EL2", 0);
        b.spi(44, CPU, 0xA0);
        b.line(CPU, 44, true);
        assertThat(ack()).isEqualTo(44);
        assertThat(b.read(guest, "ICC_PMR_EL1")).isEqualTo(0xF8);
        b.write(guest, "ICC_SGI1R_EL1", 1L << 24 | 1);
        assertThat(b.get(0, ISPENDR, 1)).isTrue();
    }

    @Test
    void eachRoutingBitGivesItsGroupAndEitherTheCommonRegisters() {
        b.write(Access.el2(CPU), "HCR_EL2", FMO);
        b.write(guest, "ICC_IGRPEN0_EL1", 1);
        assertThat(b.ich(CPU, "VMCR") & 3).isEqualTo(3);
        b.write(guest, "ICC_IGRPEN1_EL1", 0);
        assertThat(b.ich(CPU, "VMCR") & 3).as("that was the physical one").isEqualTo(3);
        assertThat(b.icc(CPU, "IGRPEN1")).isZero();
        b.write(guest, "ICC_PMR_EL1", 0x80);
        assertThat(b.ich(CPU, "VMCR") >>> 24).isEqualTo(0x80);
    }

    @Test
    void theHypervisorMayTakeMoreFromTheGuest() {
        trapped(1 << 10, "ICC_PMR_EL1", "ICC_CTLR_EL1", "ICC_RPR_EL1", "ICC_DIR_EL1");
        trapped(1 << 11, "ICC_IAR0_EL1", "ICC_EOIR0_EL1", "ICC_AP0R0_EL1", "ICC_BPR0_EL1");
        trapped(1 << 12, "ICC_IAR1_EL1", "ICC_EOIR1_EL1", "ICC_AP1R0_EL1", "ICC_IGRPEN1_EL1");
        trapped(1 << 14, "ICC_DIR_EL1");
        b.ich(CPU, "HCR", 1 | 1 << 14);
        assertThat(b.registers.get("ICC_PMR_EL1").permits(b.board, guest, true)).isTrue();
    }

    private void trapped(int bit, String... names) {
        for (String name : List.of(names)) {
            b.ich(CPU, "HCR", 1);
            assertThat(defined(name)).as(name).isTrue();
            b.ich(CPU, "HCR", 1 | bit);
            assertThat(defined(name)).as(name).isFalse();
        }
    }

    private boolean defined(String name) {
        return b.registers.get(name).permits(b.board, guest, false)
                || b.registers.get(name).permits(b.board, guest, true);
    }
}

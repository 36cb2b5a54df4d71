package dev.vboard.model.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import org.junit.jupiter.api.Test;

/** The registers of a CPU and their encodings (psci.md 8, devices.md 6). */
class CpuTest {
    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());

    private long read(String name, Access by) {
        return rig.registers.get(name).read(rig.board, by);
    }

    @Test
    void eachCpuHasItsOwnRegisters() {
        SystemRegister vbar = rig.registers.get("vbar_el2");
        vbar.write(rig.board, Access.el2(1), 0x8000);
        assertThat(vbar.read(rig.board, Access.el2(1))).isEqualTo(0x8000);
        assertThat(vbar.read(rig.board, Access.el2(0))).isZero();
        assertThat(rig.registers.get("s3_4_c12_c0_0")).isSameAs(vbar);
    }

    @Test
    void aLowerExceptionLevelDoesNotReachTheHypervisorsRegisters() {
        assertThat(rig.registers.get("VTCR_EL2").permits(Access.el1(0), false)).isFalse();
        assertThat(rig.registers.get("VTCR_EL2").permits(Access.el2(0), true)).isTrue();
        assertThat(rig.registers.get("SP_EL2").permits(Access.el2(0), false)).isFalse();
        assertThat(rig.registers.get("MIDR_EL1").permits(Access.el2(0), true)).isFalse();
    }

    @Test
    void identificationComesFromTheProfile() {
        assertThat(read("MIDR_EL1", Access.el2(2))).isEqualTo(0x410F_D034L);
        assertThat(read("MPIDR_EL1", Access.el2(2))).isEqualTo(0x8000_0002L);
        assertThat(read("ID_AA64MMFR0_EL1", Access.el2(0)) & 0xF).isEqualTo(2);
        assertThat(read("ID_AA64MMFR1_EL1", Access.el2(0)) >> 4 & 0xF).isZero();
        assertThat(read("CTR_EL0", Access.el2(0)) >> 16 & 0xF).isEqualTo(4);
        assertThat(read("CurrentEL", Access.el2(0))).isEqualTo(8);
        assertThat(read("CurrentEL", Access.el1(0))).isEqualTo(4);
    }

    @Test
    void theHypervisorPresentsAnotherIdentityToEl1() {
        assertThat(read("MPIDR_EL1", Access.el1(3))).isEqualTo(0x8000_0003L);
        rig.registers.get("VMPIDR_EL2").write(rig.board, Access.el2(3), 0x8000_0100L);
        rig.registers.get("VPIDR_EL2").write(rig.board, Access.el2(3), 0x1234L);
        assertThat(read("MPIDR_EL1", Access.el1(3))).isEqualTo(0x8000_0100L);
        assertThat(read("MIDR_EL1", Access.el1(3))).isEqualTo(0x1234L);
        assertThat(read("MPIDR_EL1", Access.el2(3))).isEqualTo(0x8000_0003L);
    }

    @Test
    void theInterruptMaskIsABitOfPstate() {
        Cpu cpu = rig.cpus.get(0);
        assertThat(cpu.irqMasked(rig.board)).isTrue();
        cpu.irqMasked(rig.board, false);
        assertThat(cpu.gprs().pstate().get(rig.board)).isEqualTo(0x349);
        assertThat(read("DAIF", Access.el2(0))).isEqualTo(0x340);
        rig.registers.get("DAIF").write(rig.board, Access.el2(0), 0x80);
        assertThat(cpu.gprs().pstate().get(rig.board)).isEqualTo(0x89);
        assertThat(cpu.irqMasked(rig.board)).isTrue();
    }

    @Test
    void enteringEl1TouchesTheSctlrOfEl1() {
        Cpu cpu = rig.cpus.get(0);
        cpu.register(CpuRegister.SCTLR_EL1).set(rig.board, 0x30D0_1805L);
        cpu.enter(rig.board, 1, 0x8000, 5, false);
        assertThat(cpu.gprs().pstate().get(rig.board)).isEqualTo(0x3C5);
        assertThat(cpu.register(CpuRegister.SCTLR_EL1).get(rig.board)).isEqualTo(0x30D0_0800L);
        assertThat(cpu.exceptionLevel(rig.board)).isEqualTo(1);
        cpu.register(CpuRegister.SCTLR_EL1).set(rig.board, 1);
        assertThat(cpu.mmuEnabled(rig.board)).isTrue();
        assertThat(cpu.bigEndian(rig.board)).isFalse();
    }
}

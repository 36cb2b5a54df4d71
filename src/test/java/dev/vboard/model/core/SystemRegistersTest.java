package dev.vboard.model.core;

import static dev.vboard.model.core.SystemRegisters.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** System registers by name and encoding, and who may touch them (DDI 0487 D19). */
class SystemRegistersTest {
    private final Layout layout = Layout.segment("segment", 0);
    private final SystemRegisters registers = new SystemRegisters();
    private final Board board = new Board(1);

    SystemRegistersTest() {
        registers.stores("VBAR_EL1", encoding(3, 0, 12, 0, 0), 1, layout.cells("vbar", 2, 64));
        registers.readOnly("MIDR_EL1", encoding(3, 0, 0, 0, 0), 1, (_, by) -> by.cpu());
        registers.writeOnly("ICC_SGI1R_EL1", encoding(3, 0, 12, 11, 5), 1, (_, _, _) -> {});
        registers.declare(
                "CNTFRQ_EL0", encoding(3, 3, 14, 0, 0), 0, 3, (_, _) -> 62, (_, _, _) -> {});
        board.attach(layout.build());
    }

    @Test
    void aRegisterIsFoundByNameInAnyCaseAndByEncoding() {
        assertThat(registers.find("vbar_el1")).contains(registers.get("VBAR_EL1"));
        assertThat(registers.find("s3_0_c12_c0_0")).contains(registers.get("VBAR_EL1"));
        assertThat(registers.find("S3_0_C12_C11_5")).contains(registers.get("ICC_SGI1R_EL1"));
    }

    @Test
    void anythingElseIsNotFound() {
        for (String name : new String[] {
            "",
            "VBAR",
            "s3_0_c12_c0",
            "s3_0_c12_c0_9",
            "s4_0_c12_c0_0",
            "s3_0_c123_c0_0",
            "s3_0_c1_c2_3",
            "____",
            "s3_0_c99_c99_7"
        }) {
            assertThat(registers.find(name)).as(name).isEmpty();
        }
        assertThatThrownBy(() -> registers.get("NONE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NONE");
    }

    @Test
    void eachCpuHasItsOwn() {
        registers.get("VBAR_EL1").write(board, Access.el1(1), 0x800);
        assertThat(registers.get("VBAR_EL1").read(board, Access.el1(1))).isEqualTo(0x800);
        assertThat(registers.get("VBAR_EL1").read(board, Access.el1(0))).isZero();
    }

    @Test
    void levelsAndDirectionsArePermittedOrNot() {
        Access el0 = Access.of(0, 0, false);
        assertThat(registers.get("VBAR_EL1").permits(el0, false)).isFalse();
        assertThat(registers.get("VBAR_EL1").permits(Access.el1(0), true)).isTrue();
        assertThat(registers.get("MIDR_EL1").permits(Access.el2(0), true)).isFalse();
        assertThat(registers.get("ICC_SGI1R_EL1").permits(Access.el2(0), false)).isFalse();
        assertThat(registers.get("CNTFRQ_EL0").permits(el0, false)).isTrue();
        assertThat(registers.get("CNTFRQ_EL0").permits(Access.el2(0), true)).isFalse();
        assertThat(registers.get("CNTFRQ_EL0").permits(Access.el3(0), true)).isTrue();
    }

    @Test
    void aNameOrAnEncodingIsDeclaredOnce() {
        assertThatThrownBy(() -> registers.readOnly("MIDR_EL1", 1, 1, (_, _) -> 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        registers.readOnly("REVIDR_EL1", encoding(3, 0, 0, 0, 0), 1, (_, _) -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

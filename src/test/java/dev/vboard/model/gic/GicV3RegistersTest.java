package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.RegisterText;
import dev.vboard.model.RegisterText.View;
import dev.vboard.model.SystemRegisterText;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The register tables of the GICv3 (IHI 0069 12, gic.md 7) in all their views. */
class GicV3RegistersTest {
    private static final long IMO_AND_FMO = 0x18;

    private final GicV3Board single = GicV3Board.virt();
    private final GicV3Board secured = GicV3Board.secured();

    @Test
    void theDistributorReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicd-v3", 0);
    }

    @Test
    void theRedistributorReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicr-v3", 1);
    }

    @Test
    void theFrameOfSgisAndPpisReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicr-sgi-v3", 2);
    }

    @Test
    void theCpuInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        checkSystem("icc-v3");
    }

    @Test
    void theVirtualInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        checkSystem("ich-v3");
    }

    @Test
    void theGuestsInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        SystemRegisterText.named("icv-v3")
                .check(new SystemRegisterText.View(
                        0, "guest", single.registers, this::virtual, Access::el1));
    }

    @Test
    void everyRegisterOfTheInterfaceHasItsLine() throws IOException {
        List<String> named = new ArrayList<>(SystemRegisterText.named("icc-v3").names());
        named.addAll(SystemRegisterText.named("ich-v3").names());
        for (InterfaceRegister register : InterfaceRegister.values()) {
            assertThat(named).contains(register.name());
        }
        assertThat(named).hasSize(InterfaceRegister.values().length);
    }

    @Test
    void eightPriorityBitsHaveFourActivePrioritiesRegisters() {
        GicV3Board fine = new GicV3Board(8, 1, List.of(0L));
        for (String group : List.of("ICC_AP0R", "ICC_AP1R")) {
            for (int n = 0; n < 4; n++) {
                fine.write(Access.el2(0), group + n + "_EL1", 1L << n);
                assertThat(fine.read(Access.el2(0), group + n + "_EL1")).isEqualTo(1L << n);
            }
        }
        assertThat(fine.icc(0, "BPR0")).isZero();
        assertThat(fine.icc(0, "BPR1")).isEqualTo(1);
        assertThat(fine.icc(0, "CTLR")).isEqualTo(0x700);
    }

    private void check(String table, int bank) throws IOException {
        RegisterText text = RegisterText.named(table);
        for (View view : views(bank)) {
            text.check(view);
            for (Register register : view.bank().all()) {
                assertThat(text.declared())
                        .contains(register.name() + "@0x" + Long.toHexString(register.offset()));
            }
        }
    }

    private List<View> views(int bank) {
        Registers one = single.gic.registers().get(bank);
        Registers two = secured.gic.registers().get(bank);
        return List.of(
                new View(0, "single", one, single::fresh, Access::el2),
                new View(1, "secure", two, secured::fresh, Access::el3),
                new View(2, "non-secure", two, secured::fresh, Access::el2),
                new View(3, "group 1", two, this::allGroup1, Access::el2));
    }

    private void checkSystem(String table) throws IOException {
        SystemRegisterText text = SystemRegisterText.named(table);
        SystemRegisters one = single.registers;
        SystemRegisters two = secured.registers;
        for (SystemRegisterText.View view : List.of(
                new SystemRegisterText.View(0, "single", one, single::fresh, Access::el2),
                new SystemRegisterText.View(1, "secure", two, secured::fresh, Access::el3),
                new SystemRegisterText.View(2, "non-secure", two, secured::fresh, Access::el2),
                new SystemRegisterText.View(3, "opened", two, this::allGroup1, Access::el2))) {
            text.check(view);
        }
    }

    /** EL3 has put every interrupt into Group 1 and opened the priority masks. */
    private Board allGroup1() {
        Board board = secured.fresh();
        Registers gicd = secured.gic.registers().get(0);
        Registers frame = secured.gic.registers().get(2);
        for (int n = 1; n < 9; n++) {
            gicd.write(board, Access.el3(0), 0x80 + 4 * n, 4, 0xFFFF_FFFFL);
        }
        for (int cpu = 0; cpu < 4; cpu++) {
            frame.write(board, Access.el3(cpu), 0x80, 4, 0xFFFF_FFFFL);
            secured.registers.get("ICC_PMR_EL1").write(board, Access.el3(cpu), 0xFF);
        }
        return board;
    }

    private Board virtual() {
        Board board = single.fresh();
        for (int cpu = 0; cpu < 4; cpu++) {
            single.registers.get("HCR_EL2").write(board, Access.el2(cpu), IMO_AND_FMO);
        }
        return board;
    }
}

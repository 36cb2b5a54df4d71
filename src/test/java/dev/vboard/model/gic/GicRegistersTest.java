package dev.vboard.model.gic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.RegisterText;
import dev.vboard.model.RegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.Registers;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The register tables of the GICv2 (IHI 0048B 4.3, 4.4, 5.3, 5.5) in all their views. */
class GicRegistersTest {

    private final GicBoard single = new GicBoard(GicBoard.virtSpec(1), 4);
    private final GicBoard secured = new GicBoard(GicBoard.gic400Spec(), 4);

    @Test
    void theDistributorReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicd-v2", views(gic -> gic.distributor().registers()));
    }

    @Test
    void theCpuInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicc-v2", views(gic -> gic.cpuInterface().registers()));
    }

    @Test
    void theVirtualInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gich-v2", hypervisorViews(gic -> gic.virtualInterface().registers()));
    }

    @Test
    void theVirtualCpuInterfaceReadsAndKeepsWhatItsTableSays() throws IOException {
        check("gicv-v2", hypervisorViews(gic -> gic.virtualCpuInterface().registers()));
    }

    private static void check(String table, List<View> views) throws IOException {
        RegisterText text = RegisterText.named(table);
        for (View view : views) {
            text.check(view);
            for (Register register : view.bank().all()) {
                assertThat(text.declared())
                        .contains(register.name() + "@0x" + Long.toHexString(register.offset()));
            }
        }
    }

    private List<View> views(Function<GicV2, Registers> bank) {
        return List.of(
                new View(0, "single", bank.apply(single.gic), single::fresh, Access::el2),
                new View(1, "secure", bank.apply(secured.gic), secured::fresh, Access::el3),
                new View(2, "non-secure", bank.apply(secured.gic), secured::fresh, Access::el2),
                new View(3, "group 1", bank.apply(secured.gic), this::allGroup1, Access::el2));
    }

    private List<View> hypervisorViews(Function<GicV2, Registers> bank) {
        return List.of(
                new View(0, "qemu", bank.apply(single.gic), single::fresh, Access::el2),
                new View(1, "gic-400", bank.apply(secured.gic), secured::fresh, Access::el2));
    }

    private Board allGroup1() {
        Board board = secured.fresh();
        for (int cpu = 0; cpu < 4; cpu++) {
            for (int n = 0; n < 6; n++) {
                secured.gic
                        .distributor()
                        .registers()
                        .write(board, Access.el3(cpu), 0x080 + 4 * n, 4, 0xFFFF_FFFFL);
            }
            secured.gic.cpuInterface().registers().write(board, Access.el3(cpu), 4, 4, 0xFF);
        }
        return board;
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.SuspendReport;

import org.junit.jupiter.api.Test;

/**
 * What a sleep costs a GICv3: distributor and redistributors go with the GIC, the interfaces with
 * their cores (gic.md 7 and 8.1).
 */
class XenGicV3CycleTest {
    private static final String[] OF_GIC = {
        "GICD_CTLR",
        "GICD_IGROUPR1",
        "GICD_ISENABLER1",
        "GICD_IPRIORITYR8",
        "GICR_IGROUPR0",
        "GICR_ISENABLER0",
        "GICR_IPRIORITYR0"
    };
    private static final String[] OF_CORE = {"ICC_CTLR_EL1", "ICC_PMR_EL1"};

    private static SuspendReport report(FixtureB b) {
        b.suspendAll();
        b.live.fire(b.line2, true);
        b.live.settle();
        assertThat(b.state()).isEqualTo(BoardState.RUNNING);
        return b.live.suspend();
    }

    @Test
    void allThatIsLostIsWrittenBack() {
        SuspendReport report = report(FixtureB.on(GicGuest.V3));
        assertThat(report.lost()).contains(OF_GIC).contains(OF_CORE);
        assertThat(report.lost()).contains("cpu1.ICC_PMR_EL1", "cpu3.ICC_PMR_EL1");
        assertThat(report.notRestored()).isEmpty();
    }

    /** A GICv3 without LPIs, as all are here, gives Xen no reason to allocate tables for them. */
    @Test
    void noCpuHasATableForLpisBeforeOrAfterASleep() {
        FixtureB b = FixtureB.on(GicGuest.V3);
        assertNoTables(b);
        report(b);
        assertNoTables(b);
    }

    private static void assertNoTables(FixtureB b) {
        assertThat(b.live.host().resources())
                .hasSize(4)
                .allSatisfy(cpu -> assertThat(cpu.lpiTable()).isZero());
    }

    @Test
    void anUnsavedGicStaysAsItsResetLeavesIt() {
        SuspendReport report = report(FixtureB.on(GicGuest.V3, "HZ-38"));
        assertThat(report.notRestored()).contains(OF_GIC).contains(OF_CORE);
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.DmaAnswer;
import dev.vboard.model.report.DmaAnswer.Outcome;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Masters behind the SMMU of a board, awake, asleep and afterwards (devices.md 5, S30). */
class DmaTest {
    private static final long GUEST = 0x4000_1000L;
    private static final int RTC = 58;
    private static final int INTC_EX = 32;

    private static DmaAnswer dma(LiveBoard live, String device, long address) {
        return live.done(new Action.Dma(device, address, OptionalLong.of(0xABCD)));
    }

    private static DmaAnswer translated(long physical) {
        return new DmaAnswer(Outcome.TRANSLATED, Optional.of(U64.of(physical)));
    }

    private static DmaAnswer bypassed(long physical) {
        return new DmaAnswer(Outcome.BYPASS, Optional.of(U64.of(physical)));
    }

    private static DmaAnswer without(Outcome outcome) {
        return new DmaAnswer(outcome, Optional.empty());
    }

    private static long register(LiveBoard live, String device, String name) {
        DeviceReport report = live.done(new Query.DeviceNamed(device));
        return report.registers().getOrDefault(name, U64.ZERO).value();
    }

    private static LiveBoard zcu102(String... hazards) {
        LiveBoard live = new LiveBoard(
                "fixture-zcu102",
                LiveBoard.options("rfc2018", 1, 1, "AFTER_DOM0_RAN", false, List.of(hazards)));
        live.create(1, LiveBoard.pinned(1), 132);
        live.done(new Action.DeviceOwner("gem0", 1));
        live.listen(0, 0, RTC);
        return live;
    }

    private static void sleep(LiveBoard live) {
        live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
    }

    @Test
    void aDeviceOfDom0ReachesDom0sMemoryOneToOne() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));
        assertThat(dma(live, "gem0", 0x10_0000)).isEqualTo(translated(0x10_0000));
        assertThat(live.load(0, 0, 0x10_0000)).isEqualTo(0xABCD);
    }

    @Test
    void aDeviceOfAGuestReachesThatGuestsMemoryOnly() {
        LiveBoard live = zcu102();
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(translated(0x8_1000_1000L));
        assertThat(live.load(1, 0, GUEST)).isEqualTo(0xABCD);
        assertThat(live.load(0, 0, GUEST)).as("Dom0's own").isZero();
    }

    @Test
    void whatItsTablesDoNotMapFaultsAndXenTakesNote() {
        LiveBoard live = zcu102();
        assertThat(dma(live, "gem0", 0xFF00_0000L)).isEqualTo(without(Outcome.FAULT));
        assertThat(live.count("dma-fault", "gem0")).isEqualTo(1);
        assertThat(live.console()).contains("smmu: smmu: Unhandled context fault: cb=1, fsr=0x2");
        assertThat(register(live, "smmu", "SMMU_CB1_FSR")).as("acknowledged").isZero();
        assertThat(register(live, "smmu", "SMMU_CB1_FAR")).isEqualTo(0xFF00_0000L);
    }

    @Test
    void theDeviceOfADeadGuestIsDom0sAgain() {
        LiveBoard live = zcu102();
        live.done(new Action.DestroyDomain("1"));
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(translated(GUEST));
        assertThat(register(live, "smmu", "SMMU_CB1_SCTLR")).isZero();
    }

    @Test
    void s30_theMappingsLostInSleepAreRestoredAndNoAccessFaultsOrBypasses() {
        LiveBoard live = zcu102();
        sleep(live);
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(without(Outcome.ABORTED));
        assertThat(live.host().dmaAbortedInSuspend()).isEqualTo(1);
        wake(live);
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(translated(0x8_1000_1000L));
        assertThat(live.count("dma-fault")).isZero();
    }

    @Test
    void s30_withHz45TheMappingsAreLostAndTheMasterFaults() {
        LiveBoard live = zcu102("HZ-45");
        sleep(live);
        wake(live);
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(without(Outcome.FAULT));
        assertThat(live.count("dma-fault", "gem0")).isEqualTo(1);
        assertThat(live.count("hazard", "HZ-45")).isEqualTo(1);
    }

    private static void wake(LiveBoard live) {
        live.done(new Action.DeviceInput("rtc", "alarmNs", live.clock().nowNs() + 1));
        live.advance(2_000_000_000L);
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
    }

    @Test
    void devT13_aMasterThatIsEarlierThanTheSmmusRestoreWritesAnywhere() {
        LiveBoard live = zcu102();
        sleep(live);
        live.done(new Action.DeviceInput("rtc", "alarmNs", live.clock().nowNs() + 1));
        live.untilStep("gic-resume");
        assertThat(register(live, "smmu", "SMMU_sCR0")).as("as after a reset").isEqualTo(1);
        live.unsettled(new Action.Dma("gem0", GUEST, OptionalLong.of(0xBAD)));
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(bypassed(GUEST));
        assertThat(live.board.ram().read(0, GUEST, 8)).isEqualTo(0xABCD);
        live.untilStep("thaw");
        assertThat(dma(live, "gem0", GUEST))
                .as("before any guest runs")
                .isEqualTo(translated(0x8_1000_1000L));
        live.settle();
    }

    @Test
    void theMasterOfAnSmmuV3IsTranslatedThroughItsTableInMemory() {
        LiveBoard live = new LiveBoard("qemu-virt", LiveBoard.options("rfc2018", 1));
        assertThat(dma(live, "pcie", 0x5000_0000L)).isEqualTo(translated(0x5000_0000L));
        assertThat(dma(live, "pcie", 0x1000L)).isEqualTo(without(Outcome.FAULT));
        assertThat(live.console()).contains("SMMUv3: smmu: event(s) received");
        assertThat(dma(live, "virtio0", 0x5000_0000L))
                .as("no SMMU in front of it")
                .isEqualTo(bypassed(0x5000_0000L));
        assertThat(dma(live, "virtio0", 0x0900_0000L))
                .as("not memory")
                .isEqualTo(without(Outcome.ABORTED));
    }

    @Test
    void aSuspendedSmmuV3AbortsWhatComesBeforeTheMachineSleeps() {
        LiveBoard live = new LiveBoard("qemu-virt", LiveBoard.options("rfc2018", 1));
        live.listen(0, 0, 34);
        live.unsettled(LiveBoard.call(LiveBoard.caller(0, 0), "SYSTEM_SUSPEND", 0x4008_0000L, 0));
        live.untilStep("gic-suspend");
        assertThat(dma(live, "pcie", 0x5000_0000L)).isEqualTo(without(Outcome.ABORTED));
        live.settle();
        live.done(new Action.DeviceInput("rtc", "alarmNs", live.clock().nowNs() + 1));
        live.advance(2_000_000_000L);
        assertThat(dma(live, "pcie", 0x5000_0000L)).isEqualTo(translated(0x5000_0000L));
    }

    @Test
    void theMasterOfAnIpmmuIsTranslatedBeforeAndAfterASleep() {
        LiveBoard live = new LiveBoard("rcar-h3", LiveBoard.options("rfc2018", 1));
        live.create(1, LiveBoard.pinned(1), 200);
        live.done(new Action.DeviceOwner("sdhi0", 1));
        live.listen(0, 0, INTC_EX);
        DmaAnswer before = dma(live, "sdhi0", GUEST);
        assertThat(before.outcome()).isEqualTo(Outcome.TRANSLATED);
        assertThat(dma(live, "sdhi0", 0xE680_0000L)).isEqualTo(without(Outcome.FAULT));
        assertThat(live.console())
                .contains("ipmmu: ipmmu: Unhandled fault: ctx=1, iova=0xe6800000");
        sleep(live);
        assertThat(register(live, "ipmmu", "IMUCTR32")).isZero();
        live.fire(INTC_EX, true);
        live.settle();
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(dma(live, "sdhi0", GUEST)).isEqualTo(before);
    }

    @Test
    void withoutXenTheUnitIsInResetAndAccessesPass() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("none", 1));
        assertThat(dma(live, "gem0", GUEST)).isEqualTo(bypassed(GUEST));
    }

    @Test
    void withoutXenAMasterIsTranslatedByTheTablesThatSoftwareWrote() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("none", 1));
        long smmu = 0xFD80_0000L;
        long root = 0x10_0000;
        store(live, root + 8, 0x10_2003L);
        store(live, 0x10_2000L + 8 * 1, 0x20_0000L | 0x4C1);
        store(live, 0x10_2000L + 8 * 2, 0x10_3003L);
        store(live, 0x10_3000L + 8 * 5, 0x123_4000L | 0x443);
        store(live, smmu + 0x1_0020L, root);
        store32(live, smmu + 0x1_0030L, 24 | 1 << 6);
        store32(live, smmu + 0x1_0000L, 0x61);
        store32(live, smmu + 0xC00, 0);
        store32(live, smmu + 0x800, 1L << 31 | 0x874);
        store32(live, smmu, 1 << 10);
        assertThat(dma(live, "gem0", 0x4020_1238L)).isEqualTo(translated(0x20_1238L));
        assertThat(live.done(new Action.Dma("gem0", 0x4040_5010L, OptionalLong.empty()))
                        .toString())
                .contains("0x1234010");
        assertThat(dma(live, "gem0", 0x4040_5010L))
                .as("a page that cannot be written")
                .isEqualTo(without(Outcome.FAULT));
        assertThat(dma(live, "gem0", 0x4060_0000L)).isEqualTo(without(Outcome.FAULT));
        assertThat(dma(live, "gem0", 1L << 40)).isEqualTo(without(Outcome.FAULT));
    }

    private static void store(LiveBoard live, long address, long value) {
        live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), address, 8, OptionalLong.of(value), false));
    }

    private static void store32(LiveBoard live, long address, long value) {
        live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), address, 4, OptionalLong.of(value), false));
    }
}

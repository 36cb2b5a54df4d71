package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;
import dev.vboard.model.report.CpuReport.Power;
import dev.vboard.model.report.CpuReport.XenState;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/** xen-suspend.md 5.2 and devices.md 6: CPUs that are not alike, and what they have in common. */
class UnequalCpusTest {
    private static final int GPIO0 = 36;
    private static final int RTC = 58;
    private static final long ENTRY = 0x4808_0000L;
    private static final String A53 = "paBits: 40, midr: 0x410fd034";
    private static final String A72 = "paBits: 44, midr: 0x410fd083";

    private static LiveBoard live(String profile, boolean hmpUnsafe) {
        return new LiveBoard(profile, options(hmpUnsafe));
    }

    /** Options of a board with or without {@code hmpUnsafe}. */
    static BootOptions options(boolean hmpUnsafe) {
        return new Boot("rfc2018").vcpus(2, 1).hmpUnsafe(hmpUnsafe).options();
    }

    /** A board like fixture B with these CPUs, written without their ids and cores. */
    private static LiveBoard board(boolean hmpUnsafe, String... cpus) {
        StringBuilder text = new StringBuilder("id: mine\nextends: fixture-zcu102\ncpus:\n");
        for (int i = 0; i < cpus.length; i++) {
            text.append("  - {id: ").append(i).append(", mpidr: ").append(i);
            text.append(", core: some, ").append(cpus[i]).append("}\n");
        }
        Machine machine = new Machine(new Catalog().load(text.toString()).profile());
        return new LiveBoard(machine, options(hmpUnsafe));
    }

    private static CpuReport cpu(LiveBoard live, int cpu) {
        return live.done(new Query.Cpu(cpu));
    }

    private static List<String> states(LiveBoard live) {
        return IntStream.range(0, live.summary().cpus().total())
                .mapToObj(cpu -> cpu(live, cpu).xenState().orElseThrow().name())
                .toList();
    }

    private static List<U64> vtcrs(LiveBoard live) {
        return IntStream.range(0, live.summary().cpus().total())
                .mapToObj(cpu -> cpu(live, cpu))
                .filter(cpu -> cpu.xenState().orElseThrow() == XenState.ONLINE)
                .map(cpu -> cpu.registers().getOrDefault("vtcr_el2", U64.ZERO))
                .distinct()
                .toList();
    }

    @Test
    void theBootCpuCannotTellAParkedCpuFromADeadOneAndWaitsItsFullSecond() {
        LiveBoard live = live("rcar-h3", false);
        assertThat(live.summary().nowNs()).isEqualTo(4_001_500_000L);
        assertThat(live.count("cpu-parked", "midr")).isEqualTo(4);
        assertThat(states(live).subList(0, 4)).containsOnly("ONLINE");
        assertThat(states(live).subList(4, 8)).containsOnly("PARKED");
        assertThat(cpu(live, 7).power()).isEqualTo(Power.OFF);
        assertThat(live.summary().cpus().online()).isEqualTo(4);
    }

    @Test
    void aCpuOfAnotherKindSaysSoAndIsGivenUp() {
        LiveBoard live = board(false, A53, A53, A72);
        assertThat(live.console())
                .containsSubsequence(
                        "Bringing up CPU2",
                        "CPU2 MIDR (0x410fd083) does not match boot CPU MIDR (0x410fd034),",
                        "disable cpu (see big.LITTLE.txt under docs/).",
                        "CPU2 never came online",
                        "Failed to bring up CPU 2 (error -5)");
        assertThat(live.console()).doesNotContain("CPU 2 booted.");
        assertThat(states(live)).containsExactly("ONLINE", "ONLINE", "PARKED");
        assertThat(live.host().resources().get(2).percpuArea()).isZero();
    }

    @Test
    void withHmpUnsafeItIsKeptAndXenIsTainted() {
        LiveBoard live = board(true, A53, A53, A72);
        assertThat(live.console())
                .containsSubsequence(
                        "CPU2 MIDR (0x410fd083) does not match boot CPU MIDR (0x410fd034),",
                        "hmp-unsafe turned on so tainting Xen and keep core on!!",
                        "CPU 2 booted.");
        assertThat(states(live)).containsOnly("ONLINE");
    }

    @Test
    void aCpuWithOtherCacheLinesIsParkedWhateverTheOption() {
        for (boolean hmpUnsafe : new boolean[] {false, true}) {
            LiveBoard live = board(hmpUnsafe, A53, A53 + ", dcacheLine: 32", A53);
            assertThat(live.console())
                    .contains("CPU1 dcache line size (32) does not match the boot CPU (64)");
            assertThat(live.count("cpu-parked", "dcache-line")).isEqualTo(1);
            assertThat(states(live)).containsExactly("ONLINE", "PARKED", "ONLINE");
        }
    }

    @Test
    void devT15_theMinimumOfTheCpusSelectsVtcrNotTheBootCpu() {
        assertThat(vtcrs(live("rcar-h3", false))).containsExactly(new U64(0x8004_3594L));
        LiveBoard all = live("rcar-h3", true);
        assertThat(vtcrs(all)).containsExactly(new U64(0x8002_3558L));
        assertThat(all.summary().cpus().online()).isEqualTo(8);
        assertThat(vtcrs(board(true, A72, A53))).containsExactly(new U64(0x8002_3558L));
        assertThat(vtcrs(board(false, A72, A53))).containsExactly(new U64(0x8004_3594L));
    }

    @Test
    void devT15_vtcrIsTheSameOnEveryCpuAndWrittenAgainAfterEachPowerDown() {
        LiveBoard live = live("fixture-rcar-h3", true);
        live.listen(0, 0, GPIO0);
        live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
        assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
        live.fire(GPIO0, true);
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.summary().cpus().online()).isEqualTo(8);
        assertThat(vtcrs(live)).containsExactly(new U64(0x8002_3558L));
    }

    @Test
    void theBootSaysWhatWasDecidedAfterTheLastCpuHasCome() {
        assertThat(board(true, A72, A53).console())
                .containsSubsequence(
                        "CPU 1 booted.",
                        "P2M: 40-bit IPA with 40-bit PA and 8-bit VMID",
                        "P2M: 3 levels with order-1 root, VTCR 0x0000000080023558");
        assertThat(board(false, "paBits: 48, midr: 1, vmidBits: 16").console())
                .containsSubsequence(
                        "P2M: 48-bit IPA with 48-bit PA and 16-bit VMID",
                        "P2M: 4 levels with order-0 root, VTCR 0x00000000800d3590");
    }

    @Test
    void vmidsAreWideOnlyIfAllCpusHaveWideOnes() {
        String wide = A53 + ", vmidBits: 16";
        assertThat(vtcrs(board(false, wide, wide))).containsExactly(new U64(0x800A_3558L));
        assertThat(vtcrs(board(false, wide, A53))).containsExactly(new U64(0x8002_3558L));
    }

    @Test
    void aCpuThatIsParkedDoesNotCount() {
        LiveBoard live = board(false, A72, "paBits: 44, midr: 0x410fd083", A53);
        assertThat(states(live)).containsExactly("ONLINE", "ONLINE", "PARKED");
        assertThat(vtcrs(live)).containsExactly(new U64(0x8004_3594L));
        LiveBoard lines = board(true, A72, A53 + ", dcacheLine: 32");
        assertThat(vtcrs(lines)).containsExactly(new U64(0x8004_3594L));
    }

    @Test
    void aParkedCpuNeverReappears() {
        LiveBoard live = live("fixture-unequal", false);
        live.listen(0, 0, RTC);
        for (int cycle = 1; cycle <= 3; cycle++) {
            long before = live.clock().nowNs();
            live.psci(0, 0, "SYSTEM_SUSPEND", 0x4008_0000L, 0);
            live.fire(RTC, true);
            assertThat(live.ack(0, 0)).isEqualTo(RTC);
            live.fire(RTC, false);
            live.eoi(0, 0, RTC);
            live.listen(0, 0, RTC);
            assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
            assertThat(states(live)).containsExactly("ONLINE", "ONLINE", "ONLINE", "PARKED");
            assertThat(live.clock().nowNs() - before).isLessThan(1_000_000_000L);
            assertThat(live.host().cpusDown()).containsEntry("3", 0L);
            assertThat(live.host().cpusUp()).containsEntry("3", 0L);
        }
    }
}

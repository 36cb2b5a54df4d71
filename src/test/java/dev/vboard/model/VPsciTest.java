package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.SmcccAnswer;
import dev.vboard.model.report.VcpuReport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** The PSCI a guest sees: face VIRT of psci.md, with its traps (section 11). */
class VPsciTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final int LINE = 132;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 4));

    private long call(int domain, int vcpu, String function, long... args) {
        return live.psci(domain, vcpu, function, args).value().orElseThrow();
    }

    private PsciAnswer smc32(int domain, String function, Long... args) {
        return live.done(new Action.Psci(
                LiveBoard.caller(domain, 0), Optional.of(function), 0, true, List.of(args), false));
    }

    private PsciAnswer byId(int domain, long id, Long... args) {
        return live.done(new Action.Psci(
                LiveBoard.caller(domain, 0), Optional.empty(), id, false, List.of(args), false));
    }

    private SmcccAnswer smccc(long id, boolean hvc, int immediate, Long... args) {
        return live.done(
                new Action.Smccc(LiveBoard.caller(0, 0), id, List.of(args), hvc, immediate, false));
    }

    private long register(int domain, int vcpu, String name) {
        return live.register(domain, vcpu, name).value();
    }

    private void domain(int vcpus, int bits) {
        live.done(LiveBoard.domain(vcpus, LiveBoard.pinned(1), bits, LINE));
    }

    @Test
    void psciT1_onIsZeroAndOffIsOne() {
        assertEquals(0, call(0, 0, "AFFINITY_INFO", 0, 0));
        assertEquals(1, call(0, 0, "AFFINITY_INFO", 1, 0));
        assertEquals(Optional.of("OFF"), live.psci(0, 0, "AFFINITY_INFO", 1, 0).status());
        call(0, 0, "CPU_ON", 1, ENTRY, 0);
        assertEquals(0, call(0, 0, "AFFINITY_INFO", 1, 0));
    }

    @Test
    void psciT2_aVcpuInCpuSuspendIsOn() {
        call(0, 0, "CPU_ON", 1, ENTRY, 0);
        assertFalse(live.psci(0, 1, "CPU_SUSPEND", 0, 0, 0).returned());
        assertEquals(0, call(0, 0, "AFFINITY_INFO", 1, 0));
        assertEquals(-4, call(0, 0, "CPU_ON", 1, ENTRY, 0));
        assertEquals(-3, call(0, 0, "SYSTEM_SUSPEND", ENTRY, 0));
    }

    @Test
    void psciT3_xenLooksAtTheAddressBeforeTheOtherVcpus() {
        call(0, 0, "CPU_ON", 1, ENTRY, 0);
        assertEquals(-9, call(0, 0, "SYSTEM_SUSPEND", ENTRY + 1, 0));
        assertEquals(-3, call(0, 0, "SYSTEM_SUSPEND", ENTRY, 0));
        assertEquals(0, live.host().hostAttempts());
    }

    @Test
    void theCallerOfSystemSuspendMustBeVcpu0() {
        call(0, 0, "CPU_ON", 1, ENTRY, 0);
        live.psci(0, 0, "CPU_OFF");
        assertEquals(-3, call(0, 1, "SYSTEM_SUSPEND", ENTRY, 0));
        assertEquals(DomainReport.State.RUNNING, live.domain(0).state());
    }

    @Test
    void psciT5_aMaskedPendingInterruptCounts() {
        domain(1, 64);
        live.listen(1, 0, LINE);
        live.done(new Action.MaskIrq(LiveBoard.caller(1, 0), true));
        live.fire(LINE, true);
        assertEquals(0, call(1, 0, "CPU_SUSPEND", 0, ENTRY, 9));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 9);
        assertEquals(ENTRY, register(1, 0, "pc"));
    }

    @Test
    void psciT6_cpuSuspendWaitsInPlaceWhateverItsArguments() {
        domain(1, 64);
        live.listen(1, 0, LINE);
        live.msr(1, 0, "TTBR0_EL1", 0x1000);
        long pc = register(1, 0, "pc");
        assertFalse(live.psci(1, 0, "CPU_SUSPEND", 0xFFFF_FFFFL, ENTRY + 1, 9).returned());
        assertEquals(VcpuReport.State.BLOCKED, live.vcpu(1, 0).state());
        assertEquals("-b----", live.domain(1).xlState());
        live.fire(LINE, true);
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(1, 0).state());
        assertEquals(pc, register(1, 0, "pc"));
        assertEquals(0, register(1, 0, "x0"));
        assertEquals(0x1000, register(1, 0, "ttbr0_el1"));
        assertEquals(1, live.count("psci-returned", "domain=1", "CPU_SUSPEND"));
        assertEquals(LINE, live.ack(1, 0));
    }

    @Test
    void psciT7_anUnknownCpuIsOffToAffinityInfoAndInvalidToCpuOn() {
        assertEquals(1, call(0, 0, "AFFINITY_INFO", 9, 0));
        assertEquals(-2, call(0, 0, "CPU_ON", 9, ENTRY, 0));
        assertEquals(-2, call(0, 0, "AFFINITY_INFO", 0, 4));
        assertEquals(0, call(0, 0, "AFFINITY_INFO", 0xFF, 1));
        assertEquals(1, call(0, 0, "AFFINITY_INFO", 0x100, 1));
        assertEquals(0, call(0, 0, "AFFINITY_INFO", 0x8000_0000L, 0));
    }

    @Test
    void psciT8_cpuOnLooksAtNeitherAff2NorBit31() {
        assertEquals(-4, call(0, 0, "CPU_ON", 0x1_0000, ENTRY, 0));
        assertEquals(0, call(0, 0, "CPU_ON", 0x8000_0002L, ENTRY, 0));
        assertEquals(VcpuReport.State.RUNNING, live.vcpu(0, 2).state());
        assertEquals(-2, call(0, 0, "CPU_ON", 0x10, ENTRY, 0));
        assertEquals(-2, call(0, 0, "CPU_ON", 0x100, ENTRY, 0));
        assertEquals(1, call(0, 0, "AFFINITY_INFO", 0x1_0000, 0));
    }

    @Test
    void psciT9_smc32ArgumentsAreTruncated() {
        PsciAnswer answer = smc32(0, "CPU_ON", 0x7_0000_0001L, 0x1_4000_0000L, 0x2_0000_0003L);
        assertEquals(0, answer.value().orElseThrow());
        assertEquals(0x4000_0000L, register(0, 1, "pc"));
        assertEquals(3, register(0, 1, "x0"));
        assertEquals(0, call(0, 0, "CPU_ON", 2, 0x1_4000_0000L, 0x2_0000_0003L));
        assertEquals(0x1_4000_0000L, register(0, 2, "pc"));
        assertEquals(0x2_0000_0003L, register(0, 2, "x0"));
    }

    @Test
    void psciT9_aSuspendBySmc32EntersAtTheLowHalf() {
        domain(1, 64);
        live.listen(1, 0, LINE);
        smc32(1, "SYSTEM_SUSPEND", 0xDEAD_BEEF_4008_0000L, 0x1_0000_0055L);
        live.fire(LINE, true);
        assertEquals(ENTRY, register(1, 0, "pc"));
        assertEquals(0x55, register(1, 0, "x0"));
    }

    @Test
    void psciT10_invalidAddressMeansOnlyBit0OfA64BitGuest() {
        assertEquals(-9, call(0, 0, "CPU_ON", 1, ENTRY + 1, 0));
        assertEquals(0, call(0, 0, "CPU_ON", 1, 2, 0));
        domain(2, 32);
        smc32(1, "CPU_ON", 1L, ENTRY + 1, 7L);
        assertEquals(ENTRY, register(1, 1, "pc"));
        assertEquals(0x4000_01F3L, register(1, 1, "pstate"));
        assertEquals(7, register(1, 1, "x0"));
    }

    @Test
    void aCpuThatIsStartedFindsTheResetEnvironment() {
        live.msr(0, 0, "VBAR_EL1", 0x2000);
        call(0, 0, "CPU_ON", 1, ENTRY, 0xABC);
        assertEquals(ENTRY, register(0, 1, "pc"));
        assertEquals(0xABC, register(0, 1, "x0"));
        assertEquals(0, register(0, 1, "x1"));
        assertEquals(0x3C5, register(0, 1, "pstate"));
        assertEquals(0x00C5_0078L, register(0, 1, "sctlr_el1"));
        assertEquals(0, register(0, 1, "vbar_el1"));
        assertTrue(live.vcpu(0, 1).irqMasked());
    }

    @Test
    void psciT11_cpuOnChecksTargetThenAddressThenState() {
        assertEquals(-2, call(0, 0, "CPU_ON", 9, ENTRY + 1, 0));
        assertEquals(-9, call(0, 0, "CPU_ON", 0, ENTRY + 1, 0));
        assertEquals(-4, call(0, 0, "CPU_ON", 0, ENTRY, 0));
    }

    @Test
    void psciT12_featuresAnswersZeroForWhatThereIs() {
        for (long id : new long[] {
            0x8400_0000L, 0x8400_0001L, 0xC400_0001L, 0x8400_0002L, 0xC400_0003L, 0x8400_0004L,
            0x8400_0006L, 0x8400_0008L, 0x8400_0009L, 0x8400_000AL, 0x8400_000EL, 0xC400_000EL,
            0x8000_0000L
        }) {
            assertEquals(0, call(0, 0, "PSCI_FEATURES", id), Long.toHexString(id));
        }
        for (long id : new long[] {
            0xC400_0000L, 0x8400_0005L, 0x8400_0007L, 0x8400_0012L, 0x8000_0001L, 0xC400_0002L, 1, 2
        }) {
            assertEquals(-1, signed(live.psci(0, 0, "PSCI_FEATURES", id)), Long.toHexString(id));
        }
    }

    private static int signed(PsciAnswer answer) {
        return (int) answer.valueHex().orElseThrow().value();
    }

    @Test
    void psciT13_smcccVersionIsFoundThroughPsciFeatures() {
        assertEquals(0, call(0, 0, "PSCI_FEATURES", 0x8000_0000L));
        SmcccAnswer.SmcccReturn asked =
                (SmcccAnswer.SmcccReturn) smccc(0x8000_0001L, true, 0, 0x8000_0000L);
        assertEquals(-1L, asked.x0().value());
        SmcccAnswer.SmcccReturn version = (SmcccAnswer.SmcccReturn) smccc(0x8000_0000L, false, 0);
        assertEquals(0x1_0002, version.x0().value());
    }

    @Test
    void anImmediateOtherThanZeroIsUndefined() {
        assertEquals(
                new SmcccAnswer.SmcccNoReturn(false, Optional.of("undefined-instruction")),
                smccc(0x8400_0000L, true, 1));
    }

    @Test
    void psciT14_systemOffTakesTheDomainWithItsVcpusOn() {
        domain(2, 64);
        call(1, 0, "CPU_ON", 1, ENTRY, 0);
        assertFalse(live.psci(1, 0, "SYSTEM_OFF").returned());
        DomainReport off = live.domain(1);
        assertEquals(DomainReport.State.SHUTDOWN, off.state());
        assertEquals("---s--", off.xlState());
        assertEquals(VcpuReport.State.PAUSED, off.vcpus().get(1).state());
        assertEquals(-6L, register(1, 0, "x0"));
        assertEquals(
                "domain-shut-down",
                live.refused(LiveBoard.call(LiveBoard.caller(1, 1), "PSCI_VERSION"))
                        .code());
    }

    @Test
    void psciT15_inTheCodeOf2018ItsOwnInterruptResumesADomainAndNoToolstackIsNeeded() {
        domain(1, 64);
        live.listen(1, 0, LINE);
        live.psci(1, 0, "SYSTEM_SUSPEND", ENTRY, 5);
        assertEquals(
                "domain-suspended",
                live.refused(LiveBoard.call(LiveBoard.caller(1, 0), "PSCI_VERSION"))
                        .code());
        live.fire(LINE, true);
        assertEquals(DomainReport.State.RUNNING, live.domain(1).state());
        assertEquals(List.of(LINE), live.vcpu(1, 0).vgic().pending());
        assertEquals(0, register(1, 0, "vbar_el1"));
    }

    @Test
    void psciT16_theFirstShutdownReasonSticks() {
        domain(1, 64);
        live.psci(1, 0, "SYSTEM_OFF");
        live.done(LiveBoard.verb(1, "crash"));
        assertEquals(
                Optional.of(DomainReport.ShutdownReason.POWEROFF),
                live.domain(1).shutdownReason());
        assertEquals("xl-refused", live.refused(LiveBoard.verb(1, "resume")).code());
    }

    @Test
    void psciT17_dom0sSystemOffIsTheMachines() {
        live.psci(0, 0, "SYSTEM_OFF");
        assertEquals(BoardState.OFF, live.summary().state());
        assertTrue(live.console().contains("Hardware Dom0 halted: halting machine"));
        assertEquals(
                "board-off",
                live.refused(LiveBoard.call(LiveBoard.caller(0, 0), "PSCI_VERSION"))
                        .code());
    }

    @Test
    void psciT17_dom0sSystemResetIsTheMachines() {
        domain(1, 64);
        live.psci(0, 0, "SYSTEM_RESET");
        assertEquals(BoardState.RUNNING, live.summary().state());
        assertTrue(live.console().contains("Hardware Dom0 shutdown: rebooting machine"));
        assertEquals(
                List.of(0),
                live.<List<DomainReport>>done(new Query.Domains()).stream()
                        .map(DomainReport::id)
                        .toList());
    }

    @Test
    void psciT18_theLastVcpuMayGoOff() {
        domain(1, 64);
        assertFalse(live.psci(1, 0, "CPU_OFF").returned());
        DomainReport idle = live.domain(1);
        assertEquals(DomainReport.State.RUNNING, idle.state());
        assertEquals(VcpuReport.State.OFF, idle.vcpus().getFirst().state());
        assertEquals("-b----", idle.xlState());
        assertEquals(
                "vcpu-off",
                live.refused(LiveBoard.call(LiveBoard.caller(1, 0), "PSCI_VERSION"))
                        .code());
        live.done(new Action.DestroyDomain("1"));
    }

    @Test
    void psciT19_clientsOfVersion01NeverSeeNewerCodes() {
        assertEquals(-2, signed(byId(0, 2, 0L, ENTRY)));
        assertEquals(-2, signed(byId(0, 2, 1L, ENTRY + 1)));
        assertEquals(-2, signed(byId(0, 2, 9L, ENTRY)));
        assertEquals(0, signed(byId(0, 2, 1L, ENTRY, 77L)));
        assertEquals(ENTRY, register(0, 1, "pc"));
        assertEquals(0, register(0, 1, "x0"));
        assertEquals(-1, signed(byId(0, 0)));
        assertEquals(-1, signed(byId(0, 3)));
    }

    @Test
    void psciT20_aRejectedCpuOnLeavesTheTargetAlone() {
        call(0, 0, "CPU_ON", 1, ENTRY, 1);
        VcpuReport before = live.vcpu(0, 1);
        call(0, 0, "CPU_ON", 1, 0x5000_0000L, 2);
        assertEquals(before, live.vcpu(0, 1));
        live.psci(0, 1, "CPU_OFF");
        before = live.vcpu(0, 1);
        call(0, 0, "CPU_ON", 1, 0x5000_0001L, 2);
        assertEquals(before, live.vcpu(0, 1));
    }

    @Test
    void psciT23_functionsThatXenDoesNotHaveAreNotSupported() {
        for (String function : List.of(
                "MIGRATE",
                "MIGRATE_INFO_UP_CPU",
                "CPU_FREEZE",
                "CPU_DEFAULT_SUSPEND",
                "NODE_HW_STATE",
                "PSCI_SET_SUSPEND_MODE",
                "PSCI_STAT_RESIDENCY",
                "PSCI_STAT_COUNT",
                "SYSTEM_RESET2",
                "MEM_PROTECT",
                "MEM_PROTECT_CHECK_RANGE",
                "SYSTEM_OFF2")) {
            assertEquals(-1, signed(live.psci(0, 0, function)), function);
        }
        assertEquals(-1, signed(byId(0, 0x8400_0016L)));
        assertEquals(-1, signed(byId(0, 0xC400_0000L)));
    }

    @Test
    void versionAndMigrateInfoTypeAreFixed() {
        assertEquals(0x1_0001, call(0, 0, "PSCI_VERSION"));
        assertEquals(2, call(0, 0, "MIGRATE_INFO_TYPE"));
    }

    @Test
    void a32BitGuestHasNoSmc64Functions() {
        domain(1, 32);
        assertEquals(-1, signed(byId(1, 0xC400_0004L, 0L, 0L)));
        assertEquals(0, signed(byId(1, 0x8400_0004L, 0L, 0L)));
        assertEquals(-2, signed(byId(1, 0x8400_0004L, 0L, 3L)));
    }

    @Test
    void anotherLatchedCodeDeniesTheSuspend() {
        domain(1, 64);
        live.done(LiveBoard.verb(1, "crash"));
        assertEquals(
                "domain-shut-down",
                live.refused(LiveBoard.call(LiveBoard.caller(1, 0), "SYSTEM_SUSPEND", ENTRY))
                        .code());
    }

    @Test
    void theServicesTellTheirCountUidAndRevision() {
        assertEquals(List.of("0x3", "0x0", "0x0", "0x0"), words(0x8500_FF00L));
        assertEquals(
                List.of("0xdc1218a7", "0x694398c6", "0xd179cf9a", "0x67e6de8d"),
                words(0x8500_FF01L));
        assertEquals("0x0", words(0x8500_FF03L).get(0));
        assertEquals("0x1", words(0x8500_FF03L).get(1));
        assertEquals("0x11", words(0x8400_FF00L).get(0));
        assertEquals(
                List.of("0x6f3863f8", "0xbd4c394b", "0x16ce2092", "0x6f9fe541"),
                words(0x8400_FF01L));
    }

    private List<String> words(long function) {
        SmcccAnswer.SmcccReturn back = (SmcccAnswer.SmcccReturn) smccc(function, true, 0);
        return List.of(
                back.x0().toString(),
                back.x1().toString(),
                back.x2().toString(),
                back.x3().toString());
    }
}

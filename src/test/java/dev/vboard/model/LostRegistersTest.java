package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.PowerDomainReport;
import dev.vboard.model.report.PowerDomainReport.RegisterBits;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Registers lost, restored, changed and brought back by firmware (contract, section 4). */
class LostRegistersTest {
    private static final long ENTRY = 0x4008_0000L;
    private static final int RTC = 58;
    private static final long GICD = 0xF901_0000L;

    private static PowerDomainReport domain(LiveBoard live, String name) {
        List<PowerDomainReport> all = live.done(new Query.PowerDomains());
        return all.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> names(List<RegisterBits> registers) {
        List<String> names = new ArrayList<>();
        for (RegisterBits register : registers) {
            String cpu = register.cpu().isPresent() ? register.cpu().getAsInt() + " " : "";
            names.add(cpu + register.register());
        }
        return names;
    }

    private static Optional<RegisterBits> find(List<RegisterBits> in, String name, int cpu) {
        return in.stream()
                .filter(r -> r.register().equals(name) && r.cpu().orElse(-1) == cpu)
                .findFirst();
    }

    private static void write(LiveBoard live, long address, long value) {
        live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), address, 4, OptionalLong.of(value), false));
    }

    /** Xen's own suspend and resume on a board whose full-power domain goes off. */
    @Nested
    class OfAWholeMachine {
        private final LiveBoard live =
                new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 2));

        @BeforeEach
        void alarm() {
            live.listen(0, 0, RTC);
        }

        private void cycle() {
            live.psci(0, 0, "SYSTEM_SUSPEND", ENTRY, 0);
            live.fire(RTC, true);
        }

        @Test
        void aHealthyCycleLosesMuchRestoresAllAndReadsNothingLost() {
            cycle();
            PowerDomainReport fpd = domain(live, "fpd");
            assertTrue(names(fpd.lost()).contains("GICD_ISENABLER1"));
            assertTrue(names(fpd.lost()).contains("0 GICC_CTLR"));
            assertTrue(names(domain(live, "cpu0").lost()).contains("0 VTCR_EL2"));
            assertTrue(names(domain(live, "cpu1").lost()).contains("1 VTCR_EL2"));
            for (PowerDomainReport one :
                    live.<List<PowerDomainReport>>done(new Query.PowerDomains())) {
                assertEquals(List.of(), names(one.notRestored()), one.name());
                assertEquals(List.of(), names(one.changed()), one.name());
            }
            assertEquals(0, live.count("register-lost-read"));
        }

        @Test
        void aSecondCycleCountsAnew() {
            cycle();
            live.fire(RTC, false);
            live.ack(0, 0);
            live.eoi(0, 0, RTC);
            cycle();
            assertEquals(List.of(), live.suspend().notRestored());
            assertTrue(live.suspend().lost().contains("cpu3.VTCR_EL2"));
        }

        @Test
        void theBitsAreThoseThatHadAnotherValue() {
            live.done(new Action.SetHazards(List.of("HZ-38")));
            cycle();
            RegisterBits enabled = find(domain(live, "fpd").notRestored(), "GICD_ISENABLER1", -1)
                    .orElseThrow();
            assertTrue(enabled.bits().contains(RTC - 32), enabled.toString());
            assertEquals(OptionalInt.empty(), enabled.cpu());
        }

        @Test
        void readingWhatNobodyRestoredIsReportedUntilItIsWritten() {
            live.done(new Action.SetHazards(List.of("HZ-38")));
            cycle();
            assertEquals(0, live.count("register-lost-read", "GICD_ISENABLER1"));
            live.cpuLoad(0, GICD + 0x104);
            assertEquals(1, live.count("register-lost-read", "GICD_ISENABLER1"));
            write(live, GICD + 0x184, 0);
            live.cpuLoad(0, GICD + 0x104);
            assertEquals(1, live.count("register-lost-read", "GICD_ISENABLER1"));
            assertTrue(names(domain(live, "fpd").changed()).contains("GICD_ISENABLER1"));
            assertFalse(names(domain(live, "fpd").notRestored()).contains("GICD_ISENABLER1"));
        }

        @Test
        void whatEl3BringsBackIsTheFirmwares() {
            cycle();
            assertEquals(List.of("0 CNTFRQ_EL0"), names(domain(live, "cpu0").byFirmware()));
        }

        @Test
        void theRegistersOfACpuThatStaysOffAreNobodysToRestore() {
            live.done(new Action.CpuOnline(3, false));
            PowerDomainReport off = domain(live, "cpu3");
            assertTrue(names(off.byFirmware()).contains("3 VTCR_EL2"));
            assertEquals(List.of(), names(off.notRestored()));
        }
    }

    /** Firmware work: the caller is the software at EL2. */
    @Nested
    class WithoutXen {
        private final LiveBoard live =
                new LiveBoard("fixture-zcu102", LiveBoard.options("none", 1));

        private void msr(String register, long value) {
            live.done(new Action.Sysreg(
                    new Caller.PhysicalCpu(0), register, OptionalLong.of(value), false));
        }

        @Test
        void aGuestsRegistersCountWhereThereIsNoHypervisorToKeepThem() {
            write(live, GICD + 0x104, 1 << RTC - 32);
            write(live, GICD + 0x000, 1);
            write(live, GICD + 0x838, 0x0101_0101L);
            msr("VBAR_EL1", 0x4000_0800L);
            msr("VBAR_EL2", 0x4000_1000L);
            live.cpuPsci(0, "SYSTEM_SUSPEND", ENTRY, 0);
            live.fire(RTC, true);
            List<String> lost = names(domain(live, "cpu0").notRestored());
            assertTrue(lost.contains("0 VBAR_EL1"), lost.toString());
            assertTrue(lost.contains("0 VBAR_EL2"), lost.toString());
            msr("VBAR_EL2", 0x4000_1000L);
            msr("VBAR_EL1", 0x5000_0000L);
            assertEquals(List.of("0 VBAR_EL1"), names(domain(live, "cpu0").changed()));
            assertFalse(names(domain(live, "cpu0").notRestored()).contains("0 VBAR_EL2"));
        }
    }
}

package dev.vboard.model.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.smmu.Smmu.Kind;
import dev.vboard.model.smmu.Smmu.Passage;

import org.junit.jupiter.api.Test;

/** devices.md 7.6: the IPMMU of R-Car. */
class IpmmuTest {
    private static final long CONTEXT1 = 0x40;
    private static final long IMTTLBR = 0x10;
    private static final long IMTTUBR = 0x14;
    private static final long IMSTR = 0x20;
    private static final long IMELAR = 0x30;
    private static final long IMEUAR = 0x34;
    private static final int STREAM = 5;
    private static final long MICRO_TLB = 0x300 + 0x10 * STREAM;

    private final DeviceBench bench = new DeviceBench("ipmmu", 2);
    private final Smmu ipmmu = (Smmu) bench.device();

    private Passage pass() {
        return ipmmu.pass(bench.board, STREAM, 0x7_4000_0000L, true);
    }

    @Test
    void aMasterWhoseMicroTlbIsOffPasses() {
        assertThat(pass().kind()).isEqualTo(Kind.BYPASS);
        assertThat(ipmmu.pass(bench.board, 4711, 0, false).kind()).isEqualTo(Kind.BYPASS);
    }

    @Test
    void aMicroTlbLeadsToTheTablesOfItsContext() {
        bench.write(CONTEXT1 + IMTTLBR, 0x1234_5000);
        bench.write(CONTEXT1 + IMTTUBR, 0x6);
        bench.write(CONTEXT1, 5);
        bench.write(MICRO_TLB, 0x11);
        assertThat(pass()).isEqualTo(new Passage(Kind.TRANSLATE, 0x6_1234_5000L, 0, 1));
    }

    @Test
    void aMicroTlbThatIsOnBeforeItsContextFaults() {
        bench.write(MICRO_TLB, 0x11);
        assertThat(pass().kind()).isEqualTo(Kind.FAULT);
        assertThat(bench.read(CONTEXT1 + IMSTR)).isEqualTo(1);
        assertThat(bench.line(0)).as("the context's interrupt is off").isFalse();
    }

    @Test
    void anAddressThatIsNotMappedIsRecordedUntilZeroIsWritten() {
        bench.write(CONTEXT1, 5);
        bench.write(MICRO_TLB, 0x11);
        ipmmu.notMapped(bench.board, STREAM, pass(), 0x7_4000_0000L, true);
        ipmmu.notMapped(bench.board, STREAM, pass(), 0x1000, true);
        assertThat(bench.read(CONTEXT1 + IMELAR)).isEqualTo(0x4000_0000L);
        assertThat(bench.read(CONTEXT1 + IMEUAR)).isEqualTo(7);
        assertThat(bench.line(0)).isTrue();
        bench.write(CONTEXT1 + IMSTR, 0);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void itsLineFallsWithItsPower() {
        bench.write(CONTEXT1, 5);
        bench.write(MICRO_TLB, 0x11);
        ipmmu.notMapped(bench.board, STREAM, pass(), 0x1000, true);
        bench.powerOff();
        assertThat(bench.line(0)).isFalse();
        assertThat(pass().kind()).isEqualTo(Kind.BYPASS);
    }
}

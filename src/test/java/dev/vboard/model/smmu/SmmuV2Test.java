package dev.vboard.model.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.smmu.Smmu.Kind;
import dev.vboard.model.smmu.Smmu.Passage;

import org.junit.jupiter.api.Test;

/** devices.md 5: the MMU-500. */
class SmmuV2Test {
    private static final long SCR0 = 0x00;
    private static final long GFAR = 0x40;
    private static final long GFSR = 0x48;
    private static final long GFSYNR1 = 0x54;
    private static final long SMR = 0x800;
    private static final long S2CR = 0xC00;
    private static final long CB1 = 0x1_1000;
    private static final long TTBR0 = 0x20;
    private static final long FSR = 0x58;
    private static final long FAR = 0x60;
    private static final long FSYNR0 = 0x68;
    private static final long VALID = 1L << 31;
    private static final long FAULT_UNKNOWN = 1 << 10 | 1 << 2;
    private static final int STREAM = 0x874;

    private final DeviceBench bench = new DeviceBench("mmu-500", 1);
    private final Smmu smmu = (Smmu) bench.device();

    private Passage pass(int stream) {
        return smmu.pass(bench.board, stream, 0x4000_0000L, true);
    }

    private void translate() {
        bench.write(SMR, VALID | STREAM);
        bench.write(S2CR, 1);
        bench.write(CB1 + TTBR0, 8, 0x123_4000L);
        bench.write(CB1, 0x61);
        bench.write(SCR0, FAULT_UNKNOWN);
    }

    @Test
    void devT13_outOfResetEverythingPassesUntranslated() {
        assertThat(pass(STREAM).kind()).isEqualTo(Kind.BYPASS);
        translate();
        assertThat(pass(STREAM).kind()).isEqualTo(Kind.TRANSLATE);
        bench.powerOff();
        smmu.poweredOn(bench.board);
        assertThat(pass(STREAM).kind()).isEqualTo(Kind.BYPASS);
        bench.write(SCR0, FAULT_UNKNOWN);
        assertThat(pass(STREAM).kind()).as("switched on without its streams").isEqualTo(Kind.FAULT);
    }

    @Test
    void aKnownStreamIsTranslatedByTheTablesOfItsContextBank() {
        translate();
        assertThat(pass(STREAM)).isEqualTo(new Passage(Kind.TRANSLATE, 0x123_4000L, 0, 1));
        bench.write(CB1, 0);
        assertThat(pass(STREAM).kind()).as("bank off").isEqualTo(Kind.BYPASS);
    }

    @Test
    void aMaskLetsAGroupOfStreamsMatch() {
        translate();
        bench.write(SMR, VALID | 0xF << 16 | STREAM);
        assertThat(pass(STREAM ^ 7).kind()).isEqualTo(Kind.TRANSLATE);
        assertThat(pass(STREAM ^ 0x10).kind()).isEqualTo(Kind.FAULT);
    }

    @Test
    void anUnknownStreamFaultsOrPassesAsItIsConfigured() {
        bench.write(SCR0, 1 << 2);
        assertThat(pass(5).kind()).isEqualTo(Kind.BYPASS);
        bench.write(SCR0, FAULT_UNKNOWN);
        assertThat(pass(5).kind()).isEqualTo(Kind.FAULT);
        assertThat(bench.read(GFSR)).isEqualTo(2);
        assertThat(bench.read(GFSYNR1)).isEqualTo(5);
        assertThat(bench.read(GFAR, 8)).isEqualTo(0x4000_0000L);
        assertThat(bench.line(0)).isTrue();
        pass(6);
        assertThat(bench.read(GFSR)).as("a second one").isEqualTo(VALID | 2);
        assertThat(bench.read(GFSYNR1)).isEqualTo(5);
        bench.write(GFSR, VALID | 2);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void aStreamMayBypassOrFaultByItsContextRegister() {
        translate();
        bench.write(S2CR, 1 << 16);
        assertThat(pass(STREAM).kind()).isEqualTo(Kind.BYPASS);
        bench.write(S2CR, 2 << 16);
        assertThat(pass(STREAM).kind()).isEqualTo(Kind.FAULT);
        bench.write(S2CR, 0xFF);
        assertThat(pass(STREAM).kind()).as("no such bank").isEqualTo(Kind.FAULT);
        assertThat(bench.read(GFSR) & 1).isEqualTo(1);
    }

    @Test
    void anAddressThatIsNotMappedIsRecordedInTheContextBank() {
        translate();
        smmu.notMapped(bench.board, STREAM, pass(STREAM), 0xDEAD_0000L, true);
        assertThat(bench.read(CB1 + FSR)).isEqualTo(2);
        assertThat(bench.read(CB1 + FAR, 8)).isEqualTo(0xDEAD_0000L);
        assertThat(bench.read(CB1 + FSYNR0)).isEqualTo(1 << 4);
        assertThat(bench.line(0)).isTrue();
        bench.write(CB1 + FSR, 2);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void theLineFallsWithThePower() {
        translate();
        pass(1);
        assertThat(bench.line(0)).isTrue();
        bench.powerOff();
        assertThat(bench.line(0)).isFalse();
    }
}

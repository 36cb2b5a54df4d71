package dev.vboard.model.uart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

/** devices.md 7.6: the console of R-Car. */
class ScifTest {
    private static final long SCSCR = 0x08;
    private static final long SCFTDR = 0x0C;
    private static final long SCFSR = 0x10;
    private static final long SCFRDR = 0x14;
    private static final long SCFCR = 0x18;
    private static final long SCFDR = 0x1C;
    private static final long SCLSR = 0x24;
    private static final long RDF = 2;
    private static final long DR = 1;
    private static final long SENT = 0x60;

    private final DeviceBench bench = new DeviceBench("scif", 1);

    @Test
    void itIsSilentUntilItIsOpened() {
        bench.print("lost");
        bench.write(SCFTDR, 1, 'x');
        assertThat(bench.device().input(bench.board, "byte", 'c')).isPresent();
        bench.open();
        assertThat(bench.read(SCSCR, 2)).isEqualTo(0x78);
        bench.write(SCFTDR, 1, 'X');
        bench.print("(XEN) hi\n");
        assertThat(bench.console).containsExactly("X", "(XEN) hi\n");
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void aFlagIsClearedByAZeroOnceItsCauseIsGone() {
        bench.open();
        bench.type("k");
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.read(SCFSR, 2)).isEqualTo(SENT | RDF);
        bench.write(SCFSR, 2, 0);
        assertThat(bench.read(SCFSR, 2)).as("it still waits").isEqualTo(SENT | RDF);
        assertThat(bench.read(SCFRDR, 1)).isEqualTo('k');
        assertThat(bench.line(0)).as("the flag is latched").isTrue();
        bench.write(SCFSR, 2, ~RDF);
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void fewerThanTheTriggerAreReadyData() {
        bench.open();
        bench.write(SCFCR, 2, 1 << 6);
        bench.type("abc");
        assertThat(bench.read(SCFSR, 2)).isEqualTo(SENT | DR);
        assertThat(bench.read(SCFDR, 2)).isEqualTo(3);
        bench.type("d");
        assertThat(bench.read(SCFSR, 2)).isEqualTo(SENT | DR | RDF);
    }

    @Test
    void theSeventeenthCharacterIsLost() {
        bench.open();
        bench.type("0123456789abcdefg");
        assertThat(bench.read(SCLSR, 2)).isEqualTo(1);
        bench.write(SCLSR, 2, 0);
        assertThat(bench.read(SCLSR, 2)).isZero();
        bench.write(SCFCR, 2, 2);
        assertThat(bench.read(SCFDR, 2)).isZero();
    }

    @Test
    void loopBackReceivesWhatIsSent() {
        bench.open();
        bench.write(SCFCR, 2, 1);
        bench.write(SCFTDR, 1, 'x');
        assertThat(bench.read(SCFRDR, 1)).isEqualTo('x');
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** xen-suspend.md 5.2: a CPU that is not as the boot CPU is parked. */
class UnequalCpusTest {
    @Test
    void theCpuThatWaitsCannotTellAParkedCpuFromADeadOne() {
        LiveBoard b = new LiveBoard("rcar-h3", LiveBoard.options("rfc2018", 4));
        assertThat(b.summary().nowNs()).isEqualTo(4_001_500_000L);
        assertThat(b.count("cpu-parked", "midr")).isEqualTo(4);
    }
}

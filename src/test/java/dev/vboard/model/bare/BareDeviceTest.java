package dev.vboard.model.bare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A device of which only the lines are modelled. */
class BareDeviceTest {
    @Test
    void itsWindowReadsAsZeroAndIgnoresWrites() {
        DeviceBench bench = new DeviceBench("bare", 1);
        long before = bench.board.fingerprint();
        bench.write(0x10, 0xFFFF_FFFFL);
        assertThat(bench.read(0x10)).isZero();
        assertThat(bench.board.fingerprint()).isEqualTo(before);
    }

    @Test
    void aLevelFromOutsideMovesItsFirstLine() {
        DeviceBench bench = new DeviceBench("bare", 2);
        assertThat(bench.device().input(bench.board, "level", 1)).isEmpty();
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.line(1)).isFalse();
        assertThat(bench.device().input(bench.board, "level", 0)).isEmpty();
        assertThat(bench.line(0)).isFalse();
    }

    @Test
    void anEdgeDevicePulses() {
        DeviceBench bench = new DeviceBench("bare", 1, "edge");
        List<Boolean> seen = new ArrayList<>();
        bench.lines().listen((_, _, high) -> seen.add(high));
        assertThat(bench.device().input(bench.board, "level", 1)).isEmpty();
        assertThat(bench.device().input(bench.board, "level", 0)).isEmpty();
        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void allElseIsRefused() {
        DeviceBench bench = new DeviceBench("bare", 0);
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 2)).isPresent();
        assertThat(bench.device().input(bench.board, "level", 1)).isPresent();
    }

    @Test
    void aPowerKeyIsALineAndNothingElse() {
        DeviceBench bench = new DeviceBench("power-key", 1);
        assertThat(bench.device().input(bench.board, "level", 1)).isEmpty();
        assertThat(bench.line(0)).isTrue();
        assertThat(bench.device().input(bench.board, "byte", 1)).isPresent();
    }
}

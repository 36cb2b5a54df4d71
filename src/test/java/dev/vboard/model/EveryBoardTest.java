package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.CpuReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** devices.md 7: each board that ships boots, whatever software it has. */
class EveryBoardTest {
    private static final List<String> FLAVOURS =
            List.of("none", "rfc2018", "upstream", "host-v8", "host-v11");

    static Stream<Arguments> boardsAndFlavours() {
        return new Catalog()
                .ids().stream()
                        .flatMap(board ->
                                FLAVOURS.stream().map(flavour -> Arguments.of(board, flavour)));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("boardsAndFlavours")
    void itBootsAndDom0IsUp(String board, String flavour) {
        LiveBoard live = new LiveBoard(board, LiveBoard.options(flavour, 1));
        assertThat(live.summary().state()).isEqualTo(BoardState.RUNNING);
        assertThat(live.clock().settled()).isTrue();
        if (!flavour.equals("none")) {
            assertThat(live.vcpu(0, 0).state().name()).isEqualTo("RUNNING");
        }
    }

    @Test
    void aModelWithThreadsHasItsAffinitiesALevelUpAndBootsToo() {
        var revC = new Catalog().load("{id: revc, extends: fvp-base, mt: true}").profile();
        LiveBoard live = new LiveBoard(new Machine(revC), LiveBoard.options("rfc2018", 1));
        assertThat(live.summary().cpus().online()).isEqualTo(8);
        CpuReport cpu = live.done(new Query.Cpu(5));
        assertThat(cpu.mpidr().value() & 0xFF_FFFF).isEqualTo(0x1_0100);
        assertThat(cpu.mpidr().value() >>> 24 & 1).isEqualTo(1);
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Ram;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalLong;

/** RAM grows as it is written, but not without end (design, section 1: nothing is unbounded). */
class RamLimitTest {
    private static final long FULL = 0x1000_0000L;
    private static final long FREE = 0x3000_0000L;
    private static final long GUEST = 0x4100_0000L;
    private static final long UART1 = 0xff01_0000L;

    private final LiveBoard live = new LiveBoard(
            "fixture-zcu102",
            LiveBoard.options("rfc2018", 1, 1, "AFTER_DOM0_RAN", false, List.of()));

    @BeforeEach
    void fill() {
        live.create(1, LiveBoard.pinned(1), 132);
        live.done(new Action.DeviceOwner("gem0", 1));
        for (long i = live.board.ram().pages(); i < Ram.MOST_PAGES; i++) {
            live.board.ram().write(0, FULL + i * Ram.PAGE_BYTES, 1, 1);
        }
    }

    private static Action store(Caller who, long address) {
        return new Action.Mmio(who, address, 4, OptionalLong.of(7), false);
    }

    private static void isLimit(Refusal refusal) {
        assertThat(refusal.code()).isEqualTo("limit-reached");
        assertThat(refusal.blocking()).containsExactly("ramPages");
    }

    @Test
    void nobodyFillsAnotherPage() {
        Caller guest = new Caller.Vcpu("1", 0);
        isLimit(live.refused(store(new Caller.PhysicalCpu(0), FREE)));
        isLimit(live.refused(store(new Caller.Vcpu("0", 0), FREE)));
        isLimit(live.refused(store(guest, GUEST)));
        isLimit(live.refused(new Action.Dma("gem0", GUEST, OptionalLong.of(1))));
    }

    @Test
    void allElseGoesOn() {
        Caller cpu = new Caller.PhysicalCpu(0);
        AccessAnswer seven = new AccessAnswer.AccessValue(U64.of(7));
        assertThat((Object) live.done(store(cpu, FULL + Ram.PAGE_BYTES * 100L))).isEqualTo(seven);
        assertThat((Object) live.done(store(cpu, UART1 + 0x30))).isEqualTo(seven);
        live.done(new Action.Mmio(cpu, FREE, 4, OptionalLong.empty(), false));
        live.done(new Action.Dma("gem0", GUEST, OptionalLong.empty()));
    }

    @Test
    void powerOffMakesRoom() {
        live.done(new Action.Power(false));
        assertThat(live.board.ram().pages()).isZero();
    }
}

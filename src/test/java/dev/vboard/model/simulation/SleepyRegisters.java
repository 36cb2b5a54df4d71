package dev.vboard.model.simulation;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** What guests write to their registers: those of their CPUs, timers and interrupt controller. */
final class SleepyRegisters {
    private static final long GUEST_GICD = 0x0300_1000L;

    private final Dice dice;
    private final Stage stage;

    SleepyRegisters(Dice dice, Stage stage) {
        this.dice = dice;
        this.stage = stage;
    }

    Action any() {
        Caller.Vcpu who = stage.anyone(dice);
        return switch (dice.below(8)) {
            case 0 -> write(who, "SCTLR_EL1", 0xC5_0079L);
            case 1 -> write(who, "TCR_EL1", 0x19);
            case 2 -> write(who, dice.of("VBAR_EL1", "TTBR0_EL1", "MAIR_EL1"), dice.word());
            case 3 -> timed(who);
            case 4 -> interfaced(who);
            default -> distributor(who);
        };
    }

    private static Action.Sysreg write(Caller.Vcpu who, String name, long value) {
        return new Action.Sysreg(who, name, OptionalLong.of(value), false);
    }

    private Action timed(Caller.Vcpu who) {
        return switch (dice.below(4)) {
            case 0 -> write(who, "CNTV_CVAL_EL0", dice.below(1 << 30));
            case 1 -> write(who, "CNTP_CVAL_EL0", dice.below(1 << 30));
            case 2 -> write(who, dice.of("CNTV_TVAL_EL0", "CNTP_TVAL_EL0"), dice.below(1 << 28));
            default -> write(who, dice.of("CNTV_CTL_EL0", "CNTP_CTL_EL0"), dice.below(4));
        };
    }

    /** A guest changes its CPU interface: mask, groups, or a signal to its other vCPUs. */
    private Action interfaced(Caller.Vcpu who) {
        if (stage.place().machine().profile().gic().version() == 3 && dice.coin()) {
            return switch (dice.below(3)) {
                case 0 -> write(who, "ICC_PMR_EL1", dice.of(0L, 0x50L, 0xA0L, 0xF8L));
                case 1 -> write(who, "ICC_IGRPEN1_EL1", dice.below(2));
                default -> write(who, "ICC_SGI1R_EL1", (long) dice.below(8) << 24 | dice.below(8));
            };
        }
        return new Action.VcpuGic(
                who.domain(),
                who.vcpu(),
                !dice.oneIn(4),
                OptionalInt.of(dice.of(0, 0x50, 0xA0, 0xA8, 0xF8, 0xF8)));
    }

    /** A guest writes to its distributor, mostly enables, pending and active bits. */
    private Action distributor(Caller.Vcpu who) {
        int register = dice.oneIn(3)
                ? dice.of(0, 0x400, 0x420, 0x800, 0x820, 0x884, 0xC00, 0xC20, 0xF00)
                : dice.of(0x100, 0x180, 0x200, 0x280, 0x300, 0x380) + 4 * dice.below(11);
        return new Action.Mmio(
                who,
                (who.domain().equals(Stage.DOM0) ? dom0Gicd() : GUEST_GICD) + register,
                4,
                dice.oneIn(4) ? OptionalLong.empty() : OptionalLong.of(dice.word() & 0xFFFF_FFFFL),
                false);
    }

    private long dom0Gicd() {
        return stage.place().machine().profile().gic().gicd();
    }
}

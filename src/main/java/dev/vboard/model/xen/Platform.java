package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Console;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Firmware;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.profile.BoardProfile;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;

/**
 * The hardware as a hypervisor reaches it.
 *
 * @param profile the board
 * @param clock virtual time and the system counter
 * @param bus the physical address map
 * @param registers the CPUs' system registers
 * @param firmware the SMC instruction
 * @param gprs general registers by CPU
 * @param console transmitter of the console UART
 * @param probe hardware and firmware as they are, for checks
 * @param gicRestored told when the distributor works again after a wake-up, so that a wake-up
 *     controller re-asserts the edges it latched (xen-suspend.md W11)
 * @param timerKept told when the boot CPU's hypervisor timer, left running, will fire in the sleep
 *     to come (xen-suspend.md 7.1 HZ-36, HZ-37); {@link Long#MAX_VALUE} when it does not run
 * @param gaveUp told the CPU that was waited for in vain; EL3 counts it as off then (1.2)
 * @param faults what is to go wrong
 */
public record Platform(
        BoardProfile profile,
        Clock clock,
        Bus bus,
        SystemRegisters registers,
        Firmware firmware,
        List<Gprs> gprs,
        Console console,
        Probe probe,
        Consumer<Board> gicRestored,
        ObjLongConsumer<Board> timerKept,
        ObjIntConsumer<Board> gaveUp,
        Faults faults) {

    /** An SMC that does not come back. */
    static final long NOT_RETURNED = Long.MIN_VALUE;

    private static final int CLIENT_REGISTER = 7;

    /** How many CPUs there are. */
    int cpus() {
        return gprs.size();
    }

    /**
     * Makes an SMC from EL2; the guest registers on that CPU are kept.
     *
     * @return x0, or {@link #NOT_RETURNED}
     */
    long smc(Board board, int cpu, long function, long x1, long x2, long x3) {
        Gprs r = gprs.get(cpu);
        long g0 = r.x(0).get(board);
        long g1 = r.x(1).get(board);
        long g2 = r.x(2).get(board);
        long g3 = r.x(3).get(board);
        r.x(0).set(board, function);
        r.x(1).set(board, x1);
        r.x(2).set(board, x2);
        r.x(3).set(board, x3);
        if (!firmware.smc(board, Access.el2(cpu))) {
            return NOT_RETURNED;
        }
        long result = r.x(0).get(board);
        r.x(0).set(board, g0);
        r.x(1).set(board, g1);
        r.x(2).set(board, g2);
        r.x(3).set(board, g3);
        return result;
    }

    /**
     * Makes the SMC that stands in the guest's registers on a CPU, whose results the guest gets.
     *
     * @param client who wants it, w7 of the SMC Calling Convention
     */
    void pass(Board board, int cpu, int client) {
        Cell x7 = gprs.get(cpu).x(CLIENT_REGISTER);
        long guests = x7.get(board);
        x7.set(board, client);
        firmware.smc(board, Access.el2(cpu));
        x7.set(board, guests);
    }

    /** Where Xen's secondary and resume entry points lie: in the first range of RAM. */
    long xenBase() {
        return profile.memory().getFirst().base() + 0x20_0000;
    }
}

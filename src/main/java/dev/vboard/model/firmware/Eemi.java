package dev.vboard.model.firmware;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Layout;
import dev.vboard.model.cpu.CpuPower;

import java.util.Optional;

/**
 * The services of ZynqMP's power unit as EL3 passes them on (devices.md 7.8): SMC64 function id
 * {@link EemiApi#BASE} and the call's number, arguments two to a register from x1, the status in
 * the low word of x0 and further words above it and in x1.
 *
 * <p>Each call that reaches the unit is an {@code eemi-call} event. Who made it is the client id of
 * the SMC Calling Convention: a hypervisor that passes a call on puts the domain's number plus one
 * into w7; zero is the software at EL2 itself.
 */
public final class Eemi {
    /** Origin of an event: EL3's own call. */
    static final int BY_FIRMWARE = -2;

    private static final int CLIENT_REGISTER = 7;
    private static final int CLIENT_MASK = 0xFFFF;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int VERSION_1_1 = 0x1_0001;
    private static final int ID_CODE_ZU9EG = 0x2473_8093;
    private static final int FIRST_RESET = 1000;
    private static final int RESETS = 120;
    private static final int CLOCKS = 97;
    private static final int PULSE = 2;
    private static final long FIRST_PERIPHERAL = 0xF900_0000L;
    private static final int WORD = 4;

    final Psci psci;
    final EemiNodes nodes;

    private final Bus bus;
    private final Bits resets;
    private final Bits stoppedClocks;

    Eemi(Layout layout, Psci psci, Bus bus) {
        this.psci = psci;
        this.bus = bus;
        Layout eemi = layout.named("eemi");
        nodes = new EemiNodes(eemi);
        resets = eemi.bits("resets", RESETS);
        stoppedClocks = eemi.bits("stopped-clocks", CLOCKS);
    }

    /** Whether a function id is one of the unit's, known or not. */
    static boolean isId(int functionId) {
        return (functionId & ~NUMBER_MASK) == EemiApi.BASE;
    }

    /** Carries out a call, whose arguments and results are the caller's registers. */
    void call(Board board, Core by, int functionId) {
        int number = functionId & NUMBER_MASK;
        Optional<EemiApi> api = EemiApi.of(number);
        Cell x0 = by.cpu().gprs().x(0);
        x0.set(board, 0);
        if (api.isEmpty()) {
            x0.set(board, EemiStatus.NOT_SUPPORTED.code());
            emit(board, number, Events.ABSENT, origin(board, by), EemiStatus.NOT_SUPPORTED, "");
            return;
        }
        int at = api.get().nodeArgument();
        long node = at < 0 ? Events.ABSENT : argument(board, by, at);
        EemiStatus status = api.get().call(this, board, by);
        x0.set(board, x0.get(board) | status.code());
        emit(board, number, node, origin(board, by), status, api.get().name());
    }

    private static int origin(Board board, Core by) {
        int client = by.cpu().gprs().x(CLIENT_REGISTER).getInt(board) & CLIENT_MASK;
        return client - 1;
    }

    private void emit(
            Board board, int number, long node, long origin, EemiStatus status, String name) {
        EventType.EEMI_CALL.emit(board, psci.now(board), number, node, origin, status.code(), name);
    }

    /** Tells of a call that EL3 makes by itself. */
    void emitOwn(Board board, EemiApi api, int node) {
        emit(board, api.number(), node, BY_FIRMWARE, EemiStatus.SUCCESS, api.name());
    }

    /** The n-th argument, from 0. */
    static int argument(Board board, Core by, int number) {
        long register = by.cpu().gprs().x(1 + (number >> 1)).get(board);
        return (int) ((number & 1) == 0 ? register : register >>> 32);
    }

    /** Stores the word above the status. */
    static void reply(Board board, Core by, int first) {
        by.cpu().gprs().x(0).set(board, (long) first << 32);
    }

    /** Stores the word above the status and the two of x1. */
    static void reply(Board board, Core by, int first, int second, int third) {
        reply(board, by, first);
        by.cpu().gprs().x(1).set(board, second & 0xFFFF_FFFFL | (long) third << 32);
    }

    /** Whether any CPU has announced its power-down. */
    public boolean anyAnnounced(Board board) {
        return nodes.anySuspending(board);
    }

    /**
     * A CPU waits in WFI: one that has announced its power-down goes down now and comes back at the
     * address it named.
     *
     * @return whether it went down
     */
    public boolean waits(Board board, int cpu) {
        if (!nodes.suspending(board, cpu) || psci.pending(board, cpu)) {
            return false;
        }
        Core core = psci.cores.get(cpu);
        nodes.suspending(board, cpu, false);
        core.cpu().waiting(board, false);
        core.cpu().power(board, CpuPower.POWERDOWN);
        psci.cores.enter(board, cpu, Composite.OFF);
        return true;
    }

    /** Whether a device of that node has been switched off. */
    public boolean isOff(Board board, int node) {
        return nodes.isOff(board, node);
    }

    /** Puts everything into the state it has at a cold boot. */
    void reset(Board board) {
        nodes.reset(board);
        resets.clear(board);
        stoppedClocks.clear(board);
    }

    static EemiStatus accept(Eemi eemi, Board board, Core by) {
        return EemiStatus.SUCCESS;
    }

    static EemiStatus version(Eemi eemi, Board board, Core by) {
        reply(board, by, VERSION_1_1);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus trustZoneVersion(Eemi eemi, Board board, Core by) {
        reply(board, by, VERSION_1_1 & ~1);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus chipId(Eemi eemi, Board board, Core by) {
        reply(board, by, ID_CODE_ZU9EG, 0, 0);
        return EemiStatus.SUCCESS;
    }

    /** Types: 0 off, 1 reset, 2 sets the scope of the next one, which makes no difference here. */
    static EemiStatus shutdown(Eemi eemi, Board board, Core by) {
        switch (argument(board, by, 0)) {
            case 0 -> eemi.psci.request(board, SystemRequest.OFF);
            case 1 -> eemi.psci.request(board, SystemRequest.RESET);
            case 2 -> {
                return EemiStatus.SUCCESS;
            }
            default -> {
                return EemiStatus.ARGUMENTS;
            }
        }
        return EemiStatus.SUCCESS;
    }

    private static int reset(Board board, Core by) {
        int reset = argument(board, by, 0) - FIRST_RESET;
        return reset >= 0 && reset < RESETS ? reset : -1;
    }

    /** Actions: 0 release, 1 assert, 2 both. The lines are kept, nothing follows from them. */
    static EemiStatus resetAssert(Eemi eemi, Board board, Core by) {
        int reset = reset(board, by);
        int action = argument(board, by, 1);
        if (reset < 0 || action < 0 || action > PULSE) {
            return EemiStatus.ARGUMENTS;
        }
        eemi.resets.set(board, reset, action == 1);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus resetStatus(Eemi eemi, Board board, Core by) {
        int reset = reset(board, by);
        if (reset < 0) {
            return EemiStatus.ARGUMENTS;
        }
        reply(board, by, eemi.resets.get(board, reset) ? 1 : 0);
        return EemiStatus.SUCCESS;
    }

    /** Whether the unit reaches a register for its caller: peripherals, no memory. */
    private boolean reaches(long address) {
        return address >= FIRST_PERIPHERAL && bus.answers(address, WORD);
    }

    static EemiStatus mmioWrite(Eemi eemi, Board board, Core by) {
        long address = argument(board, by, 0) & 0xFFFF_FFFFL;
        if (!eemi.reaches(address)) {
            return EemiStatus.NO_ACCESS;
        }
        int mask = argument(board, by, 1);
        Access el3 = Access.el3(by.id());
        int kept = mask == -1 ? 0 : eemi.bus.read32(board, el3, address) & ~mask;
        eemi.bus.write32(board, el3, address, kept | argument(board, by, 2) & mask);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus mmioRead(Eemi eemi, Board board, Core by) {
        long address = argument(board, by, 0) & 0xFFFF_FFFFL;
        if (!eemi.reaches(address)) {
            return EemiStatus.NO_ACCESS;
        }
        reply(board, by, eemi.bus.read32(board, Access.el3(by.id()), address));
        return EemiStatus.SUCCESS;
    }

    private EemiStatus clock(Board board, Core by, boolean stopped) {
        int clock = argument(board, by, 0);
        if (clock < 0 || clock >= CLOCKS) {
            return EemiStatus.ARGUMENTS;
        }
        stoppedClocks.set(board, clock, stopped);
        return EemiStatus.SUCCESS;
    }

    static EemiStatus clockEnable(Eemi eemi, Board board, Core by) {
        return eemi.clock(board, by, false);
    }

    static EemiStatus clockDisable(Eemi eemi, Board board, Core by) {
        return eemi.clock(board, by, true);
    }

    static EemiStatus clockState(Eemi eemi, Board board, Core by) {
        int clock = argument(board, by, 0);
        if (clock < 0 || clock >= CLOCKS) {
            return EemiStatus.ARGUMENTS;
        }
        reply(board, by, eemi.stoppedClocks.get(board, clock) ? 0 : 1);
        return EemiStatus.SUCCESS;
    }
}

package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.hazard.GuestHazard;

/**
 * The PSCI a guest sees: Xen answers every call itself and forwards none (psci.md 7, face VIRT;
 * xen-suspend.md 2.9).
 */
public final class VPsci {
    static final long SUCCESS = 0;
    static final long NOT_SUPPORTED = -1;
    static final long INVALID_PARAMETERS = -2;
    static final long DENIED = -3;
    static final long ALREADY_ON = -4;
    static final long INTERNAL_FAILURE = -6;
    static final long INVALID_ADDRESS = -9;

    /** The call is carried out and control does not come back to the instruction after it. */
    static final long ACCEPTED = Long.MIN_VALUE;

    /** The function is none of PSCI's. */
    static final long UNKNOWN = Long.MIN_VALUE + 1;

    private static final long SMC64 = 1L << 30;
    private static final long SYSTEM_SUSPEND_32 = 0x8400_000EL;
    private static final long VERSION_1_1 = 0x1_0001;
    private static final long LOW_WORD = 0xFFFF_FFFFL;
    private static final long AFFINITY_64 = 0xFF_00FF_FFFFL;
    private static final long AFFINITY_32 = 0x00FF_FFFFL;
    private static final long LEGACY_CPU_OFF = 1;
    private static final long LEGACY_CPU_ON = 2;

    private final Hypervisor xen;

    /** The functions Xen offers, with their function numbers. */
    private enum Call {
        PSCI_VERSION(0x00, false),
        CPU_SUSPEND(0x01, true),
        CPU_OFF(0x02, false),
        CPU_ON(0x03, true),
        AFFINITY_INFO(0x04, true),
        MIGRATE_INFO_TYPE(0x06, false),
        SYSTEM_OFF(0x08, false),
        SYSTEM_RESET(0x09, false),
        PSCI_FEATURES(0x0A, false),
        SYSTEM_SUSPEND(0x0E, true);

        private static final Call[] ALL = values();

        private final long smc32;
        private final boolean has64;

        Call(int number, boolean has64) {
            smc32 = 0x8400_0000L + number;
            this.has64 = has64;
        }

        boolean is(long function) {
            return function == smc32 || has64 && function == (smc32 | SMC64);
        }
    }

    /** Whether Xen offers a guest the PSCI function with that number. */
    public static boolean answers(int number) {
        for (Call call : Call.ALL) {
            if ((call.smc32 & 0x1F) == number) {
                return true;
            }
        }
        return false;
    }

    VPsci(Hypervisor xen) {
        this.xen = xen;
    }

    /** Whether a function id belongs to PSCI: numbers 0 to 0x1F of the standard services. */
    static boolean isPsci(long function) {
        return (function & ~SMC64 & LOW_WORD) - 0x8400_0000L >>> 5 == 0 || isLegacy(function);
    }

    private static boolean isLegacy(long function) {
        return (function & LOW_WORD) <= 0x0100_FFFFL;
    }

    /**
     * Answers a call.
     *
     * @return the result, or {@link #ACCEPTED}
     */
    long call(Board board, Domain domain, Vcpu vcpu, long function, long x1, long x2, long x3) {
        long before = board.fingerprint();
        long id = function & LOW_WORD;
        boolean smc64 = (id & SMC64) != 0;
        long result;
        String name;
        if (isLegacy(id)) {
            name = "PSCI_0_1";
            result = legacy(board, domain, vcpu, id, x1, x2);
        } else {
            Call call = find(id);
            boolean refused = call == null || smc64 && domain.is32Bit(board);
            boolean whole = smc64 || xen.suffers(board, GuestHazard.HZ_60);
            long a1 = whole ? x1 : x1 & LOW_WORD;
            long a2 = smc64 ? x2 : x2 & LOW_WORD;
            long a3 = smc64 ? x3 : x3 & LOW_WORD;
            name = call == null ? "UNKNOWN" : call.name();
            result = call == null || refused
                    ? NOT_SUPPORTED
                    : dispatch(board, domain, vcpu, call, a1, a2, a3, smc64);
        }
        if (result < SUCCESS && result >= INVALID_ADDRESS) {
            xen.checks.guests.refused(board, domain, before == board.fingerprint());
        }
        EventType.PSCI_CALL.emit(
                board,
                xen.now(board),
                Events.ABSENT,
                domain.id(board),
                vcpu.id,
                result == ACCEPTED ? Events.ABSENT : result,
                name);
        return result;
    }

    private static @org.jspecify.annotations.Nullable Call find(long id) {
        for (Call call : Call.ALL) {
            if (call.is(id)) {
                return call;
            }
        }
        return null;
    }

    private long dispatch(
            Board board,
            Domain domain,
            Vcpu vcpu,
            Call call,
            long a1,
            long a2,
            long a3,
            boolean smc64) {
        return switch (call) {
            case PSCI_VERSION -> VERSION_1_1;
            case CPU_SUSPEND -> cpuSuspend(board, domain, vcpu);
            case CPU_OFF -> cpuOff(board, domain, vcpu);
            case CPU_ON -> cpuOn(board, domain, a1, a2, a3);
            case AFFINITY_INFO -> affinityInfo(board, domain, a1, a2 & LOW_WORD, smc64);
            case MIGRATE_INFO_TYPE -> 2;
            case SYSTEM_OFF -> end(board, domain, vcpu, Shutdown.POWEROFF);
            case SYSTEM_RESET -> end(board, domain, vcpu, Shutdown.REBOOT);
            case PSCI_FEATURES -> features(board, domain, a1 & LOW_WORD);
            case SYSTEM_SUSPEND -> systemSuspend(board, domain, vcpu, a1, a2);
        };
    }

    private long systemSuspend(Board board, Domain domain, Vcpu vcpu, long entry, long context) {
        boolean ended = xen.ending(board);
        long result = xen.guestSuspend.call(board, domain, vcpu, entry, context);
        if (result == NOT_SUPPORTED) {
            boolean offered = features(board, domain, SYSTEM_SUSPEND_32) == SUCCESS;
            xen.checks.guests.unsupported(board, domain, offered);
        } else if (result == ACCEPTED) {
            xen.checks.guests.outlives(board, domain, ended);
        }
        return result;
    }

    /** Waits like WFI whatever the arguments; entry and context are not looked at. */
    private long cpuSuspend(Board board, Domain domain, Vcpu vcpu) {
        if (xen.vgic.deliverable(board, domain, vcpu) != VGic.NONE) {
            return SUCCESS;
        }
        int cpu = vcpu.assigned(board);
        xen.platform.gprs().get(cpu).x(0).set(board, SUCCESS);
        vcpu.inCpuSuspend.set(board, true);
        xen.guestSuspend.block(board, domain, vcpu);
        return ACCEPTED;
    }

    private long cpuOff(Board board, Domain domain, Vcpu vcpu) {
        vcpu.setFlag(board, Vcpu.DOWN, true);
        EventType.VCPU_OFF.emit(board, xen.now(board), domain.id(board), vcpu.id, "");
        xen.scheduler.reconsider(board, domain, vcpu);
        return ACCEPTED;
    }

    /** The vCPU that CPU_ON takes a target for: Aff1 counts sixteens, nothing above counts. */
    static int vcpuOf(long target) {
        return (int) (target & 0xFF | (target >>> 8 & 0xFF) << 4);
    }

    private long cpuOn(Board board, Domain domain, long target, long entry, long context) {
        int id = vcpuOf(target);
        if (id >= domain.vcpus.size()) {
            return INVALID_PARAMETERS;
        }
        if (!domain.is32Bit(board) && (entry & 1) != 0) {
            return INVALID_ADDRESS;
        }
        Vcpu vcpu = domain.vcpus.get(id);
        if (!vcpu.down(board)) {
            return ALREADY_ON;
        }
        xen.guestSuspend.resetContext(board, domain, vcpu, entry, context);
        xen.vgic.clearPending(board, domain, vcpu);
        vcpu.setFlag(board, Vcpu.BLOCKED, false);
        vcpu.setFlag(board, Vcpu.DOWN, false);
        domain.vcpuOnAt.set(board, xen.now(board));
        EventType.VCPU_ON.emit(board, xen.now(board), domain.id(board), vcpu.id, entry, "");
        xen.scheduler.reconsider(board, domain, vcpu);
        return SUCCESS;
    }

    private long affinityInfo(Board board, Domain domain, long target, long level, boolean smc64) {
        if (level > (domain.is32Bit(board) ? 2 : 3)) {
            return INVALID_PARAMETERS;
        }
        long significant = smc64 ? AFFINITY_64 : AFFINITY_32;
        long mask = significant & (level == 3 ? 0xFF_0000_0000L : -1L << 8 * level);
        for (Vcpu vcpu : domain.vcpus) {
            if ((vcpu.affinityFields() & mask) == (target & mask) && !vcpu.down(board)) {
                return 0;
            }
        }
        return 1;
    }

    private long end(Board board, Domain domain, Vcpu vcpu, int code) {
        int cpu = vcpu.assigned(board);
        xen.platform.gprs().get(cpu).x(0).set(board, INTERNAL_FAILURE);
        xen.shutdown.shutDown(board, domain, code);
        return ACCEPTED;
    }

    /** SYSTEM_SUSPEND is there for all whom the flavour lets suspend (xen-suspend.md 2.8). */
    private long features(Board board, Domain domain, long function) {
        if (function == VSmc.SMCCC_VERSION) {
            return SUCCESS;
        }
        Call call = find(function);
        boolean refused = call == Call.SYSTEM_SUSPEND
                && domain.hardware(board)
                && !xen.flavour(board).hardwareMaySuspend();
        return call == null || refused ? NOT_SUPPORTED : SUCCESS;
    }

    private long legacy(Board board, Domain domain, Vcpu vcpu, long id, long x1, long x2) {
        if (id == LEGACY_CPU_OFF) {
            return cpuOff(board, domain, vcpu);
        }
        if (id != LEGACY_CPU_ON) {
            return NOT_SUPPORTED;
        }
        long result = cpuOn(board, domain, x1 & LOW_WORD, x2, 0);
        return result == SUCCESS ? SUCCESS : INVALID_PARAMETERS;
    }
}

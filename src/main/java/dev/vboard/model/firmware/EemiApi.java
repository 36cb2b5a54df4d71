package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;

import java.util.List;
import java.util.Optional;

/**
 * The calls of ZynqMP's power unit (devices.md 7.8), one constant each: number, which argument is a
 * node, and what it does. What is not listed is not supported.
 */
public enum EemiApi {
    GET_API_VERSION(1, -1, Eemi::version),
    GET_NODE_STATUS(3, 0, EemiNodes::status),
    REGISTER_NOTIFIER(5, 0, Eemi::accept),
    REQ_SUSPEND(6, 0, EemiNodes::requestSuspend),
    SELF_SUSPEND(7, 0, EemiNodes::selfSuspend),
    FORCE_POWERDOWN(8, 0, EemiNodes::forcePowerdown),
    ABORT_SUSPEND(9, -1, EemiNodes::abortSuspend),
    REQ_WAKEUP(10, 0, EemiNodes::requestWakeup),
    SET_WAKEUP_SOURCE(11, 1, EemiNodes::setWakeupSource),
    SYSTEM_SHUTDOWN(12, -1, Eemi::shutdown),
    REQ_NODE(13, 0, EemiNodes::requestNode),
    RELEASE_NODE(14, 0, EemiNodes::releaseNode),
    SET_REQUIREMENT(15, 0, EemiNodes::setRequirement),
    SET_MAX_LATENCY(16, 0, EemiNodes::setMaxLatency),
    RESET_ASSERT(17, -1, Eemi::resetAssert),
    RESET_GET_STATUS(18, -1, Eemi::resetStatus),
    MMIO_WRITE(19, -1, Eemi::mmioWrite),
    MMIO_READ(20, -1, Eemi::mmioRead),
    INIT_FINALIZE(21, -1, Eemi::accept),
    GET_CHIPID(24, -1, Eemi::chipId),
    CLOCK_ENABLE(36, -1, Eemi::clockEnable),
    CLOCK_DISABLE(37, -1, Eemi::clockDisable),
    CLOCK_GETSTATE(38, -1, Eemi::clockState),
    GET_TRUSTZONE_VERSION(0xA03, -1, Eemi::trustZoneVersion);

    /** A call of number n has function id BASE | n. */
    public static final int BASE = 0xC200_0000;

    private static final List<EemiApi> ALL = List.of(values());

    private final int number;
    private final int nodeArgument;
    private final Call call;

    /** Carries a call out. */
    @FunctionalInterface
    interface Call {
        /** Answers the status; further words go through {@link Eemi#reply}. */
        EemiStatus call(Eemi eemi, Board board, Core by);
    }

    EemiApi(int number, int nodeArgument, Call call) {
        this.number = number;
        this.nodeArgument = nodeArgument;
        this.call = call;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Which argument names the node it is about, or -1. */
    int nodeArgument() {
        return nodeArgument;
    }

    /** The call with that number. */
    public static Optional<EemiApi> of(int number) {
        for (EemiApi api : ALL) {
            if (api.number == number) {
                return Optional.of(api);
            }
        }
        return Optional.empty();
    }

    /** Whether a function id is that of a call that takes power from CPUs or gives it to them. */
    public static boolean powersCpus(int functionId) {
        if (!Eemi.isId(functionId)) {
            return false;
        }
        Optional<EemiApi> api = of(functionId & ~BASE);
        return api.isPresent()
                && switch (api.get()) {
                    case SELF_SUSPEND, FORCE_POWERDOWN, REQ_WAKEUP, SYSTEM_SHUTDOWN -> true;
                    case GET_API_VERSION,
                            GET_NODE_STATUS,
                            REGISTER_NOTIFIER,
                            REQ_SUSPEND,
                            ABORT_SUSPEND,
                            SET_WAKEUP_SOURCE,
                            REQ_NODE,
                            RELEASE_NODE,
                            SET_REQUIREMENT,
                            SET_MAX_LATENCY,
                            RESET_ASSERT,
                            RESET_GET_STATUS,
                            MMIO_WRITE,
                            MMIO_READ,
                            INIT_FINALIZE,
                            GET_CHIPID,
                            CLOCK_ENABLE,
                            CLOCK_DISABLE,
                            CLOCK_GETSTATE,
                            GET_TRUSTZONE_VERSION -> false;
                };
    }

    EemiStatus call(Eemi eemi, Board board, Core by) {
        return call.call(eemi, board, by);
    }
}

package dev.vboard.model.firmware;

import static dev.vboard.model.firmware.Features.ALWAYS;
import static dev.vboard.model.firmware.Features.NEVER;
import static dev.vboard.model.firmware.PsciFunction.Ids.BOTH;
import static dev.vboard.model.firmware.PsciFunction.Ids.SMC32;
import static dev.vboard.model.firmware.PsciFunction.Result.AFFINITY;
import static dev.vboard.model.firmware.PsciFunction.Result.CODE;
import static dev.vboard.model.firmware.PsciFunction.Result.COUNTER;
import static dev.vboard.model.firmware.PsciFunction.Result.HARDWARE;
import static dev.vboard.model.firmware.PsciFunction.Result.NUMBER;
import static dev.vboard.model.firmware.PsciVersion.V0_2;
import static dev.vboard.model.firmware.PsciVersion.V1_0;
import static dev.vboard.model.firmware.PsciVersion.V1_1;
import static dev.vboard.model.firmware.PsciVersion.V1_3;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.FirmwareSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The functions of PSCI (psci.md 3), one constant each: number, ids, version, what its result
 * means, whether a firmware has it, and what it does. The constants stand in the order of their
 * numbers.
 */
public enum PsciFunction {
    PSCI_VERSION(0x8400_0000, SMC32, V0_2, NUMBER, ALWAYS, Features::version),
    CPU_SUSPEND(0x8400_0001, BOTH, V0_2, CODE, ALWAYS, CpuSuspend::decide, CpuSuspend::powerDown),
    CPU_OFF(0x8400_0002, SMC32, V0_2, CODE, ALWAYS, CpuOff::decide, CpuOff::powerDown),
    CPU_ON(0x8400_0003, BOTH, V0_2, CODE, ALWAYS, CpuOn::call),
    AFFINITY_INFO(0x8400_0004, BOTH, V0_2, AFFINITY, ALWAYS, NodeState::affinityInfo),
    MIGRATE(0x8400_0005, BOTH, V0_2, CODE, TrustedOs::present, TrustedOs::migrate),
    MIGRATE_INFO_TYPE(0x8400_0006, SMC32, V0_2, NUMBER, TrustedOs::present, TrustedOs::type),
    MIGRATE_INFO_UP_CPU(0x8400_0007, BOTH, V0_2, NUMBER, TrustedOs::present, TrustedOs::cpu),
    SYSTEM_OFF(0x8400_0008, SMC32, V0_2, CODE, ALWAYS, SystemReset::decide, SystemReset::off),
    SYSTEM_RESET(0x8400_0009, SMC32, V0_2, CODE, ALWAYS, SystemReset::decide, SystemReset::reset),
    PSCI_FEATURES(0x8400_000A, SMC32, V1_0, NUMBER, ALWAYS, Features::features),
    CPU_FREEZE(0x8400_000B, SMC32, V1_0, CODE, NEVER, Features::absent),
    CPU_DEFAULT_SUSPEND(0x8400_000C, BOTH, V1_0, CODE, NEVER, Features::absent),
    NODE_HW_STATE(
            0x8400_000D, BOTH, V1_0, HARDWARE, FirmwareSpec::nodeHwState, NodeState::hardware),
    SYSTEM_SUSPEND(
            0x8400_000E,
            BOTH,
            V1_0,
            CODE,
            FirmwareSpec::systemSuspend,
            SystemSuspend::decide,
            SystemSuspend::powerDown),
    PSCI_SET_SUSPEND_MODE(
            0x8400_000F, SMC32, V1_0, CODE, FirmwareSpec::osInitiated, CpuSuspend::setMode),
    PSCI_STAT_RESIDENCY(0x8400_0010, BOTH, V1_0, COUNTER, FirmwareSpec::stat, Stats::residency),
    PSCI_STAT_COUNT(0x8400_0011, BOTH, V1_0, COUNTER, FirmwareSpec::stat, Stats::count),
    SYSTEM_RESET2(
            0x8400_0012,
            BOTH,
            V1_1,
            CODE,
            FirmwareSpec::reset2,
            SystemReset::decideReset2,
            SystemReset::warmReset),
    MEM_PROTECT(0x8400_0013, SMC32, V1_1, NUMBER, FirmwareSpec::memProtect, MemProtect::protect),
    MEM_PROTECT_CHECK_RANGE(
            0x8400_0014, BOTH, V1_1, CODE, FirmwareSpec::memProtect, MemProtect::checkRange),
    SYSTEM_OFF2(0x8400_0015, BOTH, V1_3, CODE, NEVER, Features::absent);

    /** The result of a decision after which control does not come back. */
    static final long NO_RETURN = Long.MIN_VALUE;

    private static final int BASE = 0x8400_0000;
    private static final int SMC64_BIT = 0x4000_0000;
    private static final int NUMBER_MASK = 0x1F;
    private static final List<String> AFFINITIES = List.of("ON", "OFF", "ON_PENDING");
    private static final List<String> NODE_STATES = List.of("ON", "OFF", "STANDBY");
    private static final List<PsciFunction> ALL = List.of(values());
    private static final Map<String, PsciFunction> BY_NAME = new LinkedHashMap<>();

    static {
        ALL.forEach(function -> BY_NAME.put(function.name(), function));
    }

    private final int smc32;
    private final Ids ids;
    private final int since;
    private final Result result;
    private final Predicate<FirmwareSpec> offered;
    private final Decision decision;
    private final Effect effect;

    /** Which of the two ids a function has. */
    enum Ids {
        SMC32,
        BOTH
    }

    /** What the number in x0 means. */
    enum Result {
        /** A return code. */
        CODE,
        /** 0 ON, 1 OFF, 2 ON_PENDING, or an error. */
        AFFINITY,
        /** 0 ON, 1 OFF, 2 STANDBY, or an error. */
        HARDWARE,
        /** A version, MPIDR, mask or flag, or an error. */
        NUMBER,
        /** A counter; the only error is that the firmware lacks the function (PSCI-T22). */
        COUNTER
    }

    /** Checks a call and answers it; {@link #NO_RETURN} when control is not to come back. */
    @FunctionalInterface
    interface Decision {
        long decide(Psci psci, Board board, Caller by);
    }

    /** What happens to the caller of a call that does not return. */
    @FunctionalInterface
    interface Effect {
        void apply(Psci psci, Board board, Caller by);
    }

    PsciFunction(
            int smc32,
            Ids ids,
            int since,
            Result result,
            Predicate<FirmwareSpec> offered,
            Decision decision) {
        this(smc32, ids, since, result, offered, decision, (_, _, _) -> {});
    }

    PsciFunction(
            int smc32,
            Ids ids,
            int since,
            Result result,
            Predicate<FirmwareSpec> offered,
            Decision decision,
            Effect effect) {
        this.smc32 = smc32;
        this.ids = ids;
        this.since = since;
        this.result = result;
        this.offered = offered;
        this.decision = decision;
        this.effect = effect;
    }

    /** The function number, 0x00 to 0x15. */
    public int number() {
        return smc32 & NUMBER_MASK;
    }

    /** The SMC32 id. */
    public int smc32() {
        return smc32;
    }

    /** Whether there is an SMC64 id. */
    public boolean hasSmc64() {
        return ids == Ids.BOTH;
    }

    /** The id a name stands for: SMC64 where there is one, else SMC32. */
    public int id() {
        return hasSmc64() ? smc32 | SMC64_BIT : smc32;
    }

    /** Whether a function id lies where PSCI's functions are, known or not. */
    public static boolean isInRange(int functionId) {
        return (functionId & ~(SMC64_BIT | NUMBER_MASK)) == BASE;
    }

    /** Whether a function id belongs to PSCI and names a function. */
    public static boolean isId(int functionId) {
        return isInRange(functionId)
                && (functionId & NUMBER_MASK) < ALL.size()
                && ((functionId & SMC64_BIT) == 0
                        || ALL.get(functionId & NUMBER_MASK).hasSmc64());
    }

    /** The function with that id, which {@link #isId} has accepted. */
    public static PsciFunction ofId(int functionId) {
        return ALL.get(functionId & NUMBER_MASK);
    }

    /** The function of that name. */
    public static Optional<PsciFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of all functions. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** Whether a firmware of that version and those abilities implements it. */
    public boolean implementedBy(FirmwareSpec spec, int version) {
        return version >= since && offered.test(spec);
    }

    /** Whether a result is a signed return code rather than an unsigned number. */
    public boolean isCode(long x0) {
        return switch (result) {
            case CODE -> true;
            case COUNTER -> x0 == PsciStatus.NOT_SUPPORTED.code();
            case AFFINITY, HARDWARE, NUMBER -> isError(x0);
        };
    }

    /** The name of a result, where it has one: a return code or a state. */
    public Optional<String> status(long x0) {
        if (isCode(x0)) {
            return PsciStatus.of((int) x0).map(Enum::name);
        }
        return switch (result) {
            case AFFINITY -> nameOf(x0, AFFINITIES);
            case HARDWARE -> nameOf(x0, NODE_STATES);
            case CODE, NUMBER, COUNTER -> Optional.empty();
        };
    }

    /** The result as the API shows it: signed 32 bits for a code, else as it is. */
    public long value(long x0) {
        return isCode(x0) ? (int) x0 : x0;
    }

    private static boolean isError(long x0) {
        return x0 < 0 && x0 >= PsciStatus.INVALID_ADDRESS.code();
    }

    private static Optional<String> nameOf(long x0, List<String> names) {
        return x0 >= 0 && x0 < names.size() ? Optional.of(names.get((int) x0)) : Optional.empty();
    }

    long decide(Psci psci, Board board, Caller by) {
        return decision.decide(psci, board, by);
    }

    void apply(Psci psci, Board board, Caller by) {
        effect.apply(psci, board, by);
    }
}

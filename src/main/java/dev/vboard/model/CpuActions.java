package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Ram;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.firmware.EemiApi;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.SmcccAnswer;
import dev.vboard.model.report.SmcccAnswer.SmcccReturn;
import dev.vboard.model.report.U64;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the software on a physical CPU does, as its REST caller tells it. */
final class CpuActions {
    private static final int ARGUMENTS = 3;
    private static final int SGIS = 16;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Reports reports;

    CpuActions(Hardware hardware, Hypervisor xen, Reports reports) {
        this.hardware = hardware;
        this.xen = xen;
        this.reports = reports;
    }

    private Optional<Refusal> refuses(Board board, int id) {
        if (id < 0 || id >= hardware.cpus.size()) {
            return Optional.of(Refusal.notFound(
                    "no-such-cpu", "the board has CPUs 0 to " + (hardware.cpus.size() - 1)));
        }
        if (!hardware.psci.executes(board, id)) {
            return Optional.of(Refusal.conflict(
                    "cpu-off",
                    "CPU " + id + " does not execute: it is "
                            + hardware.cpus.get(id).power(board),
                    List.of(hardware.cpus.get(id).power(board).name()),
                    List.of(wakes(board, id))));
        }
        if (!board.has(Board.XEN) && hardware.cpus.get(id).waiting(board)) {
            return Optional.of(Refusal.conflict(
                    "cpu-waiting",
                    "CPU " + id + " waits for an interrupt",
                    List.of("WFI"),
                    List.of("POST /interrupts")));
        }
        return Optional.empty();
    }

    /** The call that makes a CPU execute: CPU_ON by one that does, or an interrupt. */
    private String wakes(Board board, int id) {
        CpuPower power = hardware.cpus.get(id).power(board);
        if (power == CpuPower.STANDBY || power == CpuPower.POWERDOWN) {
            return "POST /interrupts";
        }
        for (int other = 0; other < hardware.cpus.size(); other++) {
            if (hardware.psci.executes(board, other)) {
                return "POST /cpus/" + other + "/psci";
            }
        }
        return "POST /reset";
    }

    private Access access(Board board, int cpu, boolean secure) {
        int level = board.has(Board.XEN) ? 2 : hardware.cpus.get(cpu).exceptionLevel(board);
        return Access.of(cpu, level, secure);
    }

    Reply psci(Board board, int id, Action.Psci call) {
        OptionalLong known = PsciIds.of(call);
        if (known.isEmpty()) {
            return Reply.refuse(PsciIds.unknown(call));
        }
        long function = known.getAsLong();
        Optional<Refusal> wrong = refuses(board, id);
        if (wrong.isEmpty()) {
            wrong = ownedByXen(board, id, function, call.force());
        }
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        List<Long> args = call.args();
        Optional<PsciAnswer> result = smc(
                board,
                id,
                function,
                args,
                gprs -> Answers.returned(function, args, gprs.x(0).get(board)));
        return Reply.now(result.isPresent() ? result.get() : Answers.notReturned(function, args));
    }

    /** On a board with Xen only calls without effect on power are performed, unless forced. */
    private Optional<Refusal> ownedByXen(Board board, int cpu, long function, boolean force) {
        int id = (int) function;
        if (!board.has(Board.XEN) || force) {
            return Optional.empty();
        }
        if (hardware.profile.firmware().eemi() && EemiApi.powersCpus(id)) {
            return Optional.of(xens(EemiApi.of(id & 0xFFFF).orElseThrow(), cpu, "smccc"));
        }
        if (!PsciFunction.isId(id)) {
            return Optional.empty();
        }
        boolean harmless = switch (PsciFunction.ofId(id)) {
            case CPU_ON,
                    CPU_OFF,
                    CPU_SUSPEND,
                    CPU_FREEZE,
                    CPU_DEFAULT_SUSPEND,
                    SYSTEM_OFF,
                    SYSTEM_RESET,
                    SYSTEM_SUSPEND,
                    SYSTEM_RESET2,
                    SYSTEM_OFF2,
                    PSCI_SET_SUSPEND_MODE,
                    MIGRATE,
                    MEM_PROTECT -> false;
            case PSCI_VERSION,
                    AFFINITY_INFO,
                    MIGRATE_INFO_TYPE,
                    MIGRATE_INFO_UP_CPU,
                    PSCI_FEATURES,
                    NODE_HW_STATE,
                    PSCI_STAT_RESIDENCY,
                    PSCI_STAT_COUNT,
                    MEM_PROTECT_CHECK_RANGE -> true;
        };
        return harmless ? Optional.empty() : Optional.of(xens(PsciFunction.ofId(id), cpu, "psci"));
    }

    private static Refusal xens(Enum<?> function, int cpu, String by) {
        return Refusal.conflict(
                "owned-by-xen",
                function + " is Xen's to call; force=true does it unseen",
                List.of("xen"),
                List.of("POST /cpus/" + cpu + "/" + by + "?force=true"));
    }

    /**
     * Makes the call; answers what it left in the registers when it returned. A guest on a CPU of
     * Xen's is spared.
     */
    private <T> Optional<T> smc(
            Board board, int id, long function, List<Long> args, Function<Gprs, T> results) {
        Gprs gprs = hardware.cpus.get(id).gprs();
        boolean borrowed = board.has(Board.XEN) && !xen.pcpus().get(id).idle(board);
        long x0 = borrowed ? gprs.x(0).get(board) : 0;
        long x1 = borrowed ? gprs.x(1).get(board) : 0;
        long x2 = borrowed ? gprs.x(2).get(board) : 0;
        long x3 = borrowed ? gprs.x(3).get(board) : 0;
        gprs.x(0).set(board, function);
        for (int i = 0; i < ARGUMENTS; i++) {
            gprs.x(i + 1).set(board, i < args.size() ? args.get(i) : 0);
        }
        if (!hardware.smc(board, access(board, id, false))) {
            return Optional.empty();
        }
        Optional<T> result = Optional.of(results.apply(gprs));
        if (borrowed) {
            gprs.x(0).set(board, x0);
            gprs.x(1).set(board, x1);
            gprs.x(2).set(board, x2);
            gprs.x(3).set(board, x3);
        }
        return result;
    }

    private static SmcccReturn results(Board board, Gprs gprs) {
        return new SmcccReturn(
                true,
                U64.of(gprs.x(0).get(board)),
                U64.of(gprs.x(1).get(board)),
                U64.of(gprs.x(2).get(board)),
                U64.of(gprs.x(3).get(board)));
    }

    Reply smccc(Board board, int id, Action.Smccc call) {
        Optional<Refusal> wrong =
                refuses(board, id).or(() -> ownedByXen(board, id, call.functionId(), call.force()));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        if (call.hvc() || call.immediate() != 0) {
            return Reply.now(
                    new SmcccAnswer.SmcccNoReturn(false, Optional.of("undefined-instruction")));
        }
        Optional<SmcccReturn> result = smc(
                board,
                id,
                call.functionId() & 0xFFFF_FFFFL,
                call.args(),
                gprs -> results(board, gprs));
        return Reply.now(
                result.isPresent()
                        ? result.get()
                        : new SmcccAnswer.SmcccNoReturn(false, Optional.empty()));
    }

    Reply mask(Board board, int id, boolean masked) {
        Optional<Refusal> wrong = refuses(board, id);
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        hardware.cpus.get(id).irqMasked(board, masked);
        return Reply.later(after -> reports.cpu(after, id));
    }

    /** Waits unless an interrupt is signalled, masked or not. */
    Reply waitForInterrupt(Board board, int id) {
        Optional<Refusal> wrong = refuses(board, id).or(() -> onlyWithoutXen(board, "wfi"));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        hardware.cpus.get(id).waiting(board, !hardware.gic.signals(board, id));
        return Reply.later(after -> reports.cpu(after, id));
    }

    private static Optional<Refusal> onlyWithoutXen(Board board, String what) {
        return board.has(Board.XEN)
                ? Optional.of(Refusal.conflict(
                        "owned-by-xen",
                        "on this board Xen does " + what + " by itself",
                        List.of("xen"),
                        List.of("POST /api/v1/boards")))
                : Optional.empty();
    }

    Reply acknowledge(Board board, int id) {
        Optional<Refusal> wrong =
                refuses(board, id).or(() -> onlyWithoutXen(board, "interrupt handling"));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        int iar = hardware.gic.acknowledge(board, access(board, id, false));
        int intid = iar & 0x3FF;
        boolean hasSource = intid < SGIS && hardware.profile.gic().version() == 2;
        OptionalInt source = hasSource ? OptionalInt.of(iar >> 10 & 7) : OptionalInt.empty();
        return Reply.now(new AckAnswer(intid, source));
    }

    Reply end(Board board, int id, int intid, int source) {
        Optional<Refusal> wrong =
                refuses(board, id).or(() -> onlyWithoutXen(board, "interrupt handling"));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        hardware.gic.endOfInterrupt(board, access(board, id, false), intid | source << 10);
        return Reply.NOTHING;
    }

    Reply mmio(Board board, int id, Action.Mmio access) {
        Optional<Refusal> wrong = refuses(board, id);
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        if (!hardware.bus.answers(access.address(), access.size())) {
            return Reply.now(Answers.memory(OptionalLong.empty()));
        }
        Access by = access(board, id, access.secure());
        if (access.write().isPresent()) {
            if (!board.ram().hasRoomFor(0, access.address())
                    && hardware.bus.nameAt(access.address()).equals("memory")) {
                return Reply.refuse(Ram.full());
            }
            long value = access.write().getAsLong();
            hardware.bus.write(board, by, access.address(), access.size(), value);
            return Reply.now(Answers.memory(access.write()));
        }
        long value = hardware.bus.read(board, by, access.address(), access.size());
        return Reply.now(Answers.memory(OptionalLong.of(value)));
    }

    Reply sysreg(Board board, int id, Action.Sysreg access) {
        Optional<SystemRegister> register = hardware.registers.find(access.register());
        Optional<Refusal> wrong = refuses(board, id).or(() -> unknown(access, register));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        Access by = access(board, id, access.secure());
        if (!register.get().permits(board, by, access.write().isPresent())) {
            return Reply.now(Answers.register(OptionalLong.empty()));
        }
        if (access.write().isPresent()) {
            register.get().write(board, by, access.write().getAsLong());
            return Reply.now(Answers.register(access.write()));
        }
        return Reply.now(Answers.register(OptionalLong.of(register.get().read(board, by))));
    }

    Optional<Refusal> unknown(Action.Sysreg access, Optional<SystemRegister> register) {
        if (register.isPresent()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        hardware.registers.all().forEach(known -> names.add(known.name()));
        return Optional.of(Refusal.invalid(
                "/register",
                access.register() + " is not modelled",
                Nearest.to(access.register(), names)));
    }

    Reply sgi(Board board, Action.SendSgi sgi) {
        Optional<Refusal> wrong = refuses(board, sgi.cpu());
        if (wrong.isEmpty() && (sgi.intid() < 0 || sgi.intid() >= SGIS)) {
            wrong = Optional.of(Refusal.invalid("/intid", "an SGI is 0 to 15"));
        }
        int targets = 0;
        for (int i = 0; i < sgi.targets().size(); i++) {
            int target = sgi.targets().get(i);
            if (wrong.isEmpty() && (target < 0 || target >= hardware.cpus.size())) {
                wrong = Optional.of(Refusal.invalid("/targets/" + i, "no CPU " + target));
            }
            targets |= 1 << target;
        }
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        hardware.gic.sendSgi(board, access(board, sgi.cpu(), false), sgi.intid(), targets);
        EventType.IRQ_FIRED.emit(
                board, hardware.clock.now(board), sgi.intid(), sgi.cpu(), 1, Events.ABSENT, "");
        return Reply.NOTHING;
    }

    Reply online(Board board, int id, boolean online) {
        if (id < 0 || id >= hardware.cpus.size()) {
            return Reply.refuse(Refusal.notFound("no-such-cpu", "there is no CPU " + id));
        }
        if (!board.has(Board.XEN)) {
            return Reply.refuse(BootOptions.noXen(board));
        }
        Optional<Refusal> objection = xen.toolstack()
                .refuses(board, Optional.empty(), Optional.empty())
                .or(() -> xen.toolstack().cpu(board, xen.pcpus().get(id), online));
        return Reply.unless(objection, after -> reports.cpu(after, id));
    }
}

package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Ram;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.HypercallAnswer;
import dev.vboard.model.report.SmcccAnswer;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.U64;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Guests;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Vcpu;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a guest does, as its REST caller tells it. */
final class VcpuActions {
    private static final int LAST_CODE = 5;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Reports reports;
    private final DomainActions domains;
    private final CpuActions cpus;

    VcpuActions(
            Hardware hardware,
            Hypervisor xen,
            Reports reports,
            DomainActions domains,
            CpuActions cpus) {
        this.hardware = hardware;
        this.xen = xen;
        this.reports = reports;
        this.domains = domains;
        this.cpus = cpus;
    }

    /** What a guest does once it is known to be able to execute. */
    private interface Instruction {
        Reply execute(Domain domain, Vcpu vcpu);
    }

    Optional<Refusal> missing(Board board, String domain, int vcpu) {
        return domains.missing(board, domain).or(() -> {
            Domain found = xen.domains().find(board, domain).orElseThrow();
            int last = found.vcpus().size() - 1;
            return outOfRange(found, vcpu)
                    ? Optional.of(
                            Refusal.notFound("no-such-vcpu", "the domain has vCPUs 0 to " + last))
                    : Optional.empty();
        });
    }

    private static boolean outOfRange(Domain domain, int vcpu) {
        return vcpu < 0 || vcpu >= domain.vcpus().size();
    }

    private Reply execute(Board board, Caller.Vcpu who, Instruction instruction) {
        return execute(board, who, Optional.empty(), instruction);
    }

    private Reply execute(
            Board board, Caller.Vcpu who, Optional<Refusal> badWords, Instruction instruction) {
        Optional<Domain> found =
                board.has(Board.XEN) ? xen.domains().find(board, who.domain()) : Optional.empty();
        if (found.isEmpty() || outOfRange(found.get(), who.vcpu()) || badWords.isPresent()) {
            return Reply.refuse(
                    missing(board, who.domain(), who.vcpu()).or(() -> badWords).orElseThrow());
        }
        Domain domain = found.get();
        Vcpu vcpu = domain.vcpus().get(who.vcpu());
        Optional<Refusal> stopped = guests().refuses(board, domain, vcpu);
        return stopped.isPresent()
                ? Reply.refuse(stopped.get())
                : instruction.execute(domain, vcpu);
    }

    private Guests guests() {
        return xen.guests();
    }

    private Reply report(Board board, Domain domain, Vcpu vcpu) {
        DomainReports domainReports = reports.domains();
        return domainReports.later(
                board, domain, (then, same) -> domainReports.vcpu(then, same, vcpu.id()));
    }

    Reply psci(Board board, Caller.Vcpu who, Action.Psci call) {
        OptionalLong known = PsciIds.of(call);
        Optional<Refusal> badWords =
                known.isPresent() ? Optional.empty() : Optional.of(PsciIds.unknown(call));
        return execute(board, who, badWords, (domain, vcpu) -> {
            long function = known.getAsLong();
            Optional<Boolean> returned =
                    guests().call(board, domain, vcpu, function, call.args(), 0);
            if (!returned.orElse(false)) {
                return Reply.now(Answers.notReturned(function, call.args()));
            }
            long x0 = liveX(board, vcpu, 0);
            return Reply.now(Answers.returned(function, call.args(), x0));
        });
    }

    private long liveX(Board board, Vcpu vcpu, int register) {
        return hardware.cpus.get(vcpu.assigned(board)).gprs().x(register).get(board);
    }

    Reply smccc(Board board, Caller.Vcpu who, Action.Smccc call) {
        return execute(board, who, (domain, vcpu) -> {
            long function = call.functionId();
            Optional<Boolean> returned =
                    guests().call(board, domain, vcpu, function, call.args(), call.immediate());
            if (returned.isEmpty()) {
                return Reply.now(
                        new SmcccAnswer.SmcccNoReturn(false, Optional.of("undefined-instruction")));
            }
            if (!returned.get()) {
                return Reply.now(new SmcccAnswer.SmcccNoReturn(false, Optional.empty()));
            }
            return Reply.now(new SmcccAnswer.SmcccReturn(
                    true,
                    U64.of(liveX(board, vcpu, 0)),
                    U64.of(liveX(board, vcpu, 1)),
                    U64.of(liveX(board, vcpu, 2)),
                    U64.of(liveX(board, vcpu, 3))));
        });
    }

    Reply waitForInterrupt(Board board, Caller.Vcpu who) {
        return execute(board, who, (domain, vcpu) -> {
            guests().waitForInterrupt(board, domain, vcpu);
            return report(board, domain, vcpu);
        });
    }

    Reply mask(Board board, Caller.Vcpu who, boolean masked) {
        return execute(board, who, (domain, vcpu) -> {
            guests().mask(board, domain, vcpu, masked);
            return report(board, domain, vcpu);
        });
    }

    Reply acknowledge(Board board, Caller.Vcpu who) {
        return execute(board, who, (domain, vcpu) -> {
            int iar = guests().acknowledge(board, domain, vcpu);
            return Reply.now(new AckAnswer(iar & 0x3FF, guests().source(iar)));
        });
    }

    Reply end(Board board, Caller.Vcpu who, int intid, int source) {
        return execute(board, who, (domain, vcpu) -> {
            guests().end(board, domain, vcpu, intid, source);
            return Reply.NOTHING;
        });
    }

    Reply mmio(Board board, Caller.Vcpu who, Action.Mmio access) {
        return execute(board, who, (domain, vcpu) -> {
            if (access.write().isEmpty()) {
                return Reply.now(Answers.memory(
                        guests().load(board, domain, vcpu, access.address(), access.size())));
            }
            if (guests().stage2().lacksRoom(board, domain, access.address(), access.size())) {
                return Reply.refuse(Ram.full());
            }
            long value = access.write().getAsLong();
            boolean taken =
                    guests().store(board, domain, vcpu, access.address(), access.size(), value);
            return Reply.now(Answers.memory(taken ? access.write() : OptionalLong.empty()));
        });
    }

    Reply sysreg(Board board, Caller.Vcpu who, Action.Sysreg access) {
        Optional<SystemRegister> register = hardware.registers.find(access.register());
        return execute(board, who, cpus.unknown(access, register), (domain, vcpu) -> {
            if (access.write().isEmpty()) {
                return Reply.now(
                        Answers.register(guests().read(board, domain, vcpu, register.get())));
            }
            long value = access.write().getAsLong();
            boolean taken = guests().write(board, domain, vcpu, register.get(), value);
            return Reply.now(Answers.register(taken ? access.write() : OptionalLong.empty()));
        });
    }

    Reply affinity(Board board, Action.Affinity change) {
        Optional<Refusal> wrong = missing(board, change.domain(), change.vcpu())
                .or(() -> domains.wrongCpus("/affinity", change.cpus()));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        int mask = 0;
        for (int cpu : change.cpus()) {
            mask |= 1 << cpu;
        }
        Domain domain = xen.domains().find(board, change.domain()).orElseThrow();
        Vcpu vcpu = domain.vcpus().get(change.vcpu());
        Optional<Refusal> objection =
                xen.toolstack().refuses(board, Optional.empty(), Optional.empty());
        if (objection.isPresent()) {
            return Reply.refuse(objection.get());
        }
        xen.toolstack().pin(board, domain, vcpu, mask);
        return report(board, domain, vcpu);
    }

    Reply gic(Board board, Action.VcpuGic change) {
        Caller.Vcpu who = new Caller.Vcpu(change.domain(), change.vcpu());
        Optional<Integer> pmr =
                change.pmr().isPresent() ? Optional.of(change.pmr().getAsInt()) : Optional.empty();
        return execute(board, who, byteSized("/pmr", change.pmr()), (domain, vcpu) -> {
            guests().gic(board, domain, vcpu, change.on(), pmr);
            return report(board, domain, vcpu);
        });
    }

    private static Optional<Refusal> byteSized(String pointer, OptionalInt value) {
        boolean wrong = value.isPresent() && (value.getAsInt() < 0 || value.getAsInt() > 255);
        return wrong ? Optional.of(Refusal.invalid(pointer, "must be 0 to 255")) : Optional.empty();
    }

    Reply hypercall(Board board, Action.Hypercall call) {
        Caller.Vcpu who = new Caller.Vcpu(call.domain(), call.vcpu());
        return execute(board, who, wrongHypercall(call), (domain, vcpu) -> {
            if (call.op().equals("SCHEDOP_shutdown")) {
                guests().shutdown(board, domain, vcpu, call.reason().orElseThrow());
                return Reply.now(new HypercallAnswer(false, Optional.empty()));
            }
            if (call.op().equals("SCHEDOP_shutdown_code")) {
                guests().latch(board, domain, vcpu, call.reason().orElseThrow());
                return Reply.now(new HypercallAnswer(true, Optional.of(U64.ZERO)));
            }
            long x0 = guests().watchdog(
                            board,
                            domain,
                            vcpu,
                            call.id().orElse(0),
                            call.timeoutNanos().orElse(0));
            return Reply.now(new HypercallAnswer(true, Optional.of(U64.of(x0))));
        });
    }

    private static Optional<Refusal> wrongHypercall(Action.Hypercall call) {
        return switch (call.op()) {
            case "SCHEDOP_shutdown", "SCHEDOP_shutdown_code" -> {
                int reason = call.reason().orElse(-1);
                yield reason < 0 || reason > LAST_CODE
                        ? Optional.of(Refusal.invalid("/reason", "a shutdown reason is 0 to 5"))
                        : Optional.empty();
            }
            case "SCHEDOP_watchdog" ->
                call.timeoutNanos().orElse(0) < 0
                        ? Optional.of(Refusal.invalid("/timeout", "cannot be negative"))
                        : Optional.empty();
            default ->
                Optional.of(Refusal.invalid(
                        "/op",
                        "not modelled",
                        List.of("SCHEDOP_shutdown", "SCHEDOP_shutdown_code", "SCHEDOP_watchdog")));
        };
    }

    Reply interrupt(Board board, Action.VcpuInterrupt change) {
        Caller.Vcpu who = new Caller.Vcpu(change.domain(), change.vcpu());
        Optional<Refusal> wrong = byteSized("/priority", change.priority());
        return execute(board, who, wrong, (domain, vcpu) -> {
            Optional<Refusal> unknown = wrongInterrupt(domain, change);
            if (unknown.isPresent()) {
                return Reply.refuse(unknown.get());
            }
            write(board, domain, vcpu, change);
            DomainReports domainReports = reports.domains();
            return domainReports.later(
                    board,
                    domain,
                    (then, same) -> domainReports.interrupt(then, same, vcpu.id(), change.intid()));
        });
    }

    private static Optional<Refusal> wrongInterrupt(Domain domain, Action.VcpuInterrupt change) {
        if (!domain.intids().has(change.intid())) {
            return Optional.of(Refusal.notFound(
                    "no-such-interrupt",
                    "the guest has INTIDs 0 to " + (domain.intids().intids() - 1)));
        }
        boolean isPrivate = change.intid() < Intids.PRIVATE;
        if (isPrivate && (change.targets().isPresent() || change.trigger().isPresent())) {
            return Optional.of(Refusal.invalid(
                    change.targets().isPresent() ? "/targets" : "/trigger",
                    "only an SPI's can be set"));
        }
        List<Integer> targets = change.targets().orElse(List.of());
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) < 0 || targets.get(i) >= domain.vcpus().size()) {
                return Optional.of(Refusal.invalid("/targets/" + i, "no vCPU " + targets.get(i)));
            }
        }
        return Optional.empty();
    }

    private void write(Board board, Domain domain, Vcpu vcpu, Action.VcpuInterrupt change) {
        int intid = change.intid();
        if (change.trigger().isPresent()) {
            boolean edge = change.trigger().get() == Trigger.EDGE;
            guests().trigger(board, domain, vcpu, intid, edge);
        }
        if (change.priority().isPresent()) {
            guests().priority(board, domain, vcpu, intid, change.priority().getAsInt());
        }
        if (change.targets().isPresent()) {
            int mask = 0;
            for (int target : change.targets().get()) {
                mask |= 1 << target;
            }
            guests().target(board, domain, vcpu, intid, mask);
        }
        if (change.enabled().isPresent()) {
            guests().enable(board, domain, vcpu, intid, change.enabled().get());
        }
    }

    Reply timer(Board board, Action.VcpuTimer change) {
        Caller.Vcpu who = new Caller.Vcpu(change.domain(), change.vcpu());
        return execute(board, who, (domain, vcpu) -> {
            guests().timer(
                            board,
                            domain,
                            vcpu,
                            change.enabled(),
                            change.masked(),
                            change.deadlineNanos());
            return report(board, domain, vcpu);
        });
    }
}

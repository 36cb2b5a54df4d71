package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.action;
import static dev.vboard.api.BoardRoutes.change;
import static dev.vboard.api.BoardRoutes.changeNow;
import static dev.vboard.api.BoardRoutes.readStamped;

import dev.vboard.api.body.AffinityRequest;
import dev.vboard.api.body.AtInput;
import dev.vboard.api.body.EoiRequest;
import dev.vboard.api.body.GuestMmioAccess;
import dev.vboard.api.body.GuestSysregAccess;
import dev.vboard.api.body.HypercallRequest;
import dev.vboard.api.body.ProcessorChange;
import dev.vboard.api.body.PsciCall;
import dev.vboard.api.body.SmcccCall;
import dev.vboard.api.body.TimerChange;
import dev.vboard.api.body.VcpuGicRequest;
import dev.vboard.api.body.VcpuPage;
import dev.vboard.api.body.VirtualInterruptChange;
import dev.vboard.model.Action;
import dev.vboard.model.Query;
import dev.vboard.model.report.VcpuReport;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** vCPUs and what guests do on them. */
@Component
class VcpuCalls implements RouteGroup {
    private static final String VCPUS = "/domains/{domain}/vcpus";
    private static final String VCPU = VCPUS + "/{vcpu}";

    @Override
    public List<Route> routes() {
        return List.of(
                BoardRoutes.<VcpuReport>list(
                        VCPUS, call -> new Query.Vcpus(call.domain()), VcpuPage::new),
                readStamped(VCPU, VcpuCalls::report),
                change("PUT", VCPU, Instructions::mask, VcpuCalls::report)
                        .takes(ProcessorChange.class),
                change("PUT", VCPU + "/affinity", VcpuCalls::pin, VcpuCalls::report)
                        .takes(AffinityRequest.class),
                change("POST", VCPU + "/gic", VcpuCalls::gic, VcpuCalls::report)
                        .takes(VcpuGicRequest.class),
                action("POST", VCPU + "/psci", Instructions::psci).takes(PsciCall.class),
                action("POST", VCPU + "/smccc", Instructions::smccc).takes(SmcccCall.class),
                action("POST", VCPU + "/hypercall", VcpuCalls::hypercall)
                        .takes(HypercallRequest.class),
                change("POST", VCPU + "/wfi", Instructions::wfi, VcpuCalls::report),
                action("POST", VCPU + "/interrupts/ack", Instructions::acknowledge),
                action("POST", VCPU + "/interrupts/eoi", Instructions::end).takes(EoiRequest.class),
                action("PUT", VCPU + "/interrupts/{intid}", VcpuCalls::interrupt)
                        .takes(VirtualInterruptChange.class),
                changeNow("PUT", VCPU + "/timer", VcpuCalls::timer, VcpuCalls::report)
                        .takes(TimerChange.class),
                action("POST", VCPU + "/mmio", Instructions::guestMmio)
                        .takes(GuestMmioAccess.class),
                action("POST", VCPU + "/sysreg", Instructions::guestSysreg)
                        .takes(GuestSysregAccess.class));
    }

    private static Query report(Call call) {
        return new Query.Vcpu(call.domain(), call.vcpu());
    }

    private static Action pin(Call call) {
        List<Integer> cpus = call.body(AffinityRequest.class).affinity();
        return new Action.Affinity(call.domain(), call.vcpu(), cpus);
    }

    private static Action gic(Call call) {
        VcpuGicRequest body = call.body(VcpuGicRequest.class);
        return new Action.VcpuGic(call.domain(), call.vcpu(), body.on(), optional(body.pmr()));
    }

    private static Action hypercall(Call call) {
        HypercallRequest body = call.body(HypercallRequest.class);
        OptionalLong timeout = body.timeout() == null
                ? OptionalLong.empty()
                : OptionalLong.of(body.timeout().nanos());
        return new Action.Hypercall(
                call.domain(),
                call.vcpu(),
                body.op(),
                optional(body.reason()),
                optional(body.id()),
                timeout);
    }

    private static Action interrupt(Call call) {
        VirtualInterruptChange body = call.body(VirtualInterruptChange.class);
        return new Action.VcpuInterrupt(
                call.domain(),
                call.vcpu(),
                call.intid(),
                Optional.ofNullable(body.enabled()),
                optional(body.priority()),
                Optional.ofNullable(body.targets()),
                Optional.ofNullable(body.trigger()));
    }

    private static Action timer(Turn turn, Call call) {
        TimerChange body = call.body(TimerChange.class);
        return new Action.VcpuTimer(
                call.domain(),
                call.vcpu(),
                Optional.ofNullable(body.enabled()),
                Optional.ofNullable(body.masked()),
                deadline(body.deadlineNs(), turn.nowNanos()));
    }

    /** A deadline may be in the past: the timer then fires at once. */
    private static OptionalLong deadline(@Nullable AtInput at, long now) {
        if (at == null) {
            return OptionalLong.empty();
        }
        long nanos = at.relative() ? now + at.nanos() : at.nanos();
        if (nanos < 0) {
            throw ProblemException.invalid("/deadlineNs", "must not be past 2^63-1 ns");
        }
        return OptionalLong.of(nanos);
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}

package dev.vboard.model;

import dev.vboard.model.report.Trigger;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** Actions in the words of the contract: a command as POST …/commands takes it. */
final class Rest {
    private final StringJoiner body = new StringJoiner(",", "{", "}");
    private boolean empty = true;

    private Rest() {}

    private Rest with(String name, Object value) {
        body.add("\"" + name + "\":" + value);
        empty = false;
        return this;
    }

    private Rest text(String name, Object value) {
        return with(name, "\"" + value + "\"");
    }

    private Rest maybe(String name, OptionalInt value) {
        return value.isPresent() ? with(name, value.getAsInt()) : this;
    }

    private Rest maybe(String name, Optional<?> value) {
        return value.isPresent() ? with(name, value.get()) : this;
    }

    private String call(String method, String path, boolean settles) {
        return "{\"method\":\"" + method + "\",\"path\":\"" + path + "\""
                + (empty ? "" : ",\"body\":" + body)
                + (settles ? "" : ",\"settle\":false") + "}";
    }

    /** The command; {@code settles} unless the clock is not to run. */
    static String of(Action action, boolean settles) {
        return switch (action) {
            case Action.Psci call -> psci(call, settles);
            case Action.Fire fire ->
                new Rest()
                        .maybe("intid", fire.intid())
                        .maybe("level", fire.level())
                        .call("POST", "/interrupts", settles);
            case Action.CreateDomain create -> create(create, settles);
            case Action.VcpuInterrupt change ->
                new Rest()
                        .maybe("enabled", change.enabled())
                        .maybe("priority", change.priority())
                        .maybe("targets", change.targets())
                        .call(
                                "PUT",
                                vcpu(change.domain(), change.vcpu()) + "/interrupts/"
                                        + change.intid(),
                                settles);
            case Action.VcpuGic gic ->
                new Rest()
                        .with("on", gic.on())
                        .maybe("pmr", gic.pmr())
                        .call("POST", vcpu(gic.domain(), gic.vcpu()) + "/gic", settles);
            case Action.VcpuTimer timer ->
                new Rest()
                        .maybe("enabled", timer.enabled())
                        .maybe("masked", timer.masked())
                        .with("deadlineNs", timer.deadlineNanos().orElseThrow())
                        .call("PUT", vcpu(timer.domain(), timer.vcpu()) + "/timer", settles);
            case Action.Clocked clocked -> clock(clocked);
            case Action.InjectFault fault -> fault(fault, settles);
            case Action.Affinity pin ->
                new Rest()
                        .with("affinity", pin.cpus())
                        .call("PUT", vcpu(pin.domain(), pin.vcpu()) + "/affinity", settles);
            default -> other(action, settles);
        };
    }

    private static String other(Action action, boolean settles) {
        return switch (action) {
            case Action.Hypercall call -> hypercall(call, settles);
            case Action.Verb verb ->
                new Rest().call("POST", "/domains/" + verb.domain() + "/" + verb.verb(), settles);
            case Action.EventChannel event ->
                new Rest()
                        .with("port", event.port())
                        .call("POST", "/domains/" + event.domain() + "/event-channel", settles);
            case Action.Wfi wfi -> new Rest().call("POST", path(wfi.caller()) + "/wfi", settles);
            case Action.CpuOnline change ->
                new Rest()
                        .call(
                                "POST",
                                "/cpus/" + change.cpu()
                                        + (change.online() ? "/online" : "/offline"),
                                settles);
            case Action.SendSgi sgi ->
                new Rest()
                        .with("intid", sgi.intid())
                        .with("targets", sgi.targets())
                        .call("POST", "/cpus/" + sgi.cpu() + "/sgi", settles);
            case Action.Sysreg access ->
                new Rest()
                        .text("register", access.register())
                        .write(access.write().isPresent() ? access.write().getAsLong() : -1)
                        .call("POST", path(access.caller()) + "/sysreg", settles);
            case Action.Mmio access ->
                new Rest()
                        .text("address", hex(access.address()))
                        .with("size", access.size())
                        .write(access.write().isPresent() ? access.write().getAsLong() : -1)
                        .call("POST", path(access.caller()) + "/mmio", settles);
            case Action.Smccc call ->
                new Rest()
                        .text("functionId", hex(call.functionId()))
                        .with("args", hexes(call.args()))
                        .call("POST", path(call.caller()) + "/smccc", settles);
            case Action.DeviceOwner owner ->
                new Rest()
                        .with("domain", owner.domain())
                        .call("PUT", "/devices/" + owner.device() + "/owner", settles);
            case Action.Dma dma ->
                new Rest()
                        .text("address", hex(dma.address()))
                        .write(dma.write().orElse(-1))
                        .call("POST", "/devices/" + dma.device() + "/dma", settles);
            default -> throw new IllegalArgumentException("not told yet: " + action);
        };
    }

    private Rest write(long value) {
        return value < 0 ? this : text("write", hex(value));
    }

    private static String hypercall(Action.Hypercall call, boolean settles) {
        Rest plain = new Rest().text("op", call.op());
        plain.maybe("reason", call.reason()).maybe("id", call.id());
        if (call.timeoutNanos().isPresent()) {
            plain.with("timeout", call.timeoutNanos().getAsLong());
        }
        return plain.call("POST", vcpu(call.domain(), call.vcpu()) + "/hypercall", settles);
    }

    private static String psci(Action.Psci call, boolean settles) {
        Rest rest = new Rest().text("function", call.function().orElseThrow());
        if (!call.args().isEmpty()) {
            rest.with("args", hexes(call.args()));
        }
        if (call.smc32()) {
            rest.text("convention", "smc32");
        }
        String force = call.force() ? "?force=true" : "";
        return rest.call("POST", path(call.caller()) + "/psci" + force, settles);
    }

    private static String create(Action.CreateDomain create, boolean settles) {
        StringJoiner pins = new StringJoiner(",", "{", "}");
        create.pin().forEach((vcpu, cpus) -> pins.add("\"" + vcpu + "\":" + cpus));
        StringJoiner lines = new StringJoiner(",", "[", "]");
        for (Action.PassThrough line : create.interrupts()) {
            boolean edge = line.trigger().equals(Optional.of(Trigger.EDGE));
            lines.add("{\"intid\":" + line.intid() + ",\"trigger\":\"" + (edge ? "edge" : "level")
                    + (line.vcpu() == 0 ? "\"}" : "\",\"vcpu\":" + line.vcpu() + "}"));
        }
        Rest rest = new Rest().with("vcpus", create.vcpus()).with("pin", pins);
        if (!create.interrupts().isEmpty()) {
            rest.with("interrupts", lines);
        }
        if (!create.roles().isEmpty()) {
            rest.with("roles", "[\"control\"]");
        }
        String guest = create.guest().name().toLowerCase(Locale.ROOT);
        return rest.text("guest", guest).call("POST", "/domains", settles);
    }

    private static String clock(Action.Clocked clocked) {
        Rest rest = new Rest();
        switch (clocked) {
            case Action.Advance advance -> rest.with("advance", advance.nanos());
            case Action.Step step -> rest.with("step", step.steps());
            case Action.UntilSettled until -> {
                rest.text("until", "settled");
                if (until.limitNanos().isPresent()) {
                    rest.with("limit", until.limitNanos().getAsLong());
                }
            }
            case Action.UntilEvent until -> {
                StringJoiner fields = new StringJoiner(",", "{", "}");
                until.fields().forEach((k, v) -> fields.add("\"" + k + "\":\"" + v + "\""));
                rest.with("until", fields);
                rest.with("limit", until.limitNanos().orElseThrow());
            }
        }
        return rest.call("POST", "/clock", true);
    }

    private static String fault(Action.InjectFault fault, boolean settles) {
        Rest rest = new Rest()
                .text("kind", fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .maybe("cpu", fault.cpu())
                .maybe("paBits", fault.paBits())
                .maybe("result", fault.result())
                .maybe("error", fault.error());
        fault.function().ifPresent(name -> rest.text("function", name));
        fault.step().ifPresent(name -> rest.text("step", name));
        return rest.call("POST", "/faults", settles);
    }

    private static String path(Caller caller) {
        return switch (caller) {
            case Caller.PhysicalCpu cpu -> "/cpus/" + cpu.cpu();
            case Caller.Vcpu vcpu -> vcpu(vcpu.domain(), vcpu.vcpu());
        };
    }

    private static String vcpu(String domain, int vcpu) {
        return "/domains/" + domain + "/vcpus/" + vcpu;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String hexes(List<Long> values) {
        StringJoiner all = new StringJoiner(",", "[", "]");
        values.forEach(value -> all.add("\"" + hex(value) + "\""));
        return all.toString();
    }
}

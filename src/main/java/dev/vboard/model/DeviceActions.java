package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.FireAnswer;
import dev.vboard.model.report.ScheduledCancelled;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the outside does to lines and devices, and who owns a device. */
final class DeviceActions {
    private static final int FIRST_DRIVEN_PPI = 25;
    private static final int LAST_DRIVEN_PPI = 30;
    private static final int FIRST_PPI = 16;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Reports reports;
    private final InterruptLines interruptLines;

    DeviceActions(
            Hardware hardware, Hypervisor xen, Reports reports, InterruptLines interruptLines) {
        this.hardware = hardware;
        this.xen = xen;
        this.reports = reports;
        this.interruptLines = interruptLines;
    }

    static Refusal noDevice(String name, List<DeviceSpec> devices) {
        List<String> names = new ArrayList<>();
        devices.forEach(device -> names.add(device.name()));
        return new Refusal(
                Refusal.Kind.NOT_FOUND,
                "no-such-device",
                "the board has no device " + name,
                "",
                List.of(),
                List.of(),
                Nearest.to(name, names));
    }

    Reply fire(Board board, Action.Fire fire) {
        Optional<DeviceSpec> device = fire.device().flatMap(hardware.profile::device);
        if (fire.device().isPresent() && device.isEmpty()) {
            return Reply.refuse(noDevice(fire.device().get(), hardware.profile.devices()));
        }
        if (device.isPresent() && device.get().intids().isEmpty()) {
            return Reply.refuse(Refusal.invalid("/device", "this device has no interrupt"));
        }
        int intid =
                device.map(spec -> spec.intids().getFirst()).orElse(fire.intid().orElse(-1));
        Optional<Refusal> wrong = wrongLine(intid, fire.cpu());
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        boolean level = fire.level().orElse(true);
        int cpu = fire.cpu().orElse(-1);
        return fire.at().isPresent()
                ? schedule(board, fire, intid, cpu, level)
                : fireNow(board, fire, intid, cpu, level);
    }

    private Optional<Refusal> wrongLine(int intid, OptionalInt cpu) {
        Intids intids = hardware.lines.intids();
        if (!intids.has(intid)) {
            return Optional.of(Refusal.notFound(
                    "no-such-interrupt",
                    "the board has INTIDs 0 to " + (intids.intids() - 1) + ", not " + intid));
        }
        if (intid < FIRST_PPI) {
            return Optional.of(Refusal.invalid(
                    "/intid", "an SGI has no line; a CPU sends it: POST /cpus/{n}/sgi"));
        }
        if (intid >= Intids.PRIVATE) {
            return cpu.isPresent()
                    ? Optional.of(Refusal.invalid("/cpu", "an SPI's line belongs to no CPU"))
                    : Optional.empty();
        }
        if (cpu.isEmpty()) {
            return Optional.of(Refusal.invalid("/cpu", "a PPI needs its CPU"));
        }
        if (cpu.getAsInt() < 0 || cpu.getAsInt() >= intids.cpus()) {
            return Optional.of(Refusal.invalid("/cpu", "no CPU " + cpu.getAsInt()));
        }
        return intid >= FIRST_DRIVEN_PPI && intid <= LAST_DRIVEN_PPI
                ? Optional.of(Refusal.conflict(
                        "line-driven",
                        "this line is driven by the CPU's timers or its GIC",
                        List.of(intid == FIRST_DRIVEN_PPI ? "gic" : "timer"),
                        List.of("POST /cpus/" + cpu.getAsInt() + "/sysreg")))
                : Optional.empty();
    }

    private Reply schedule(Board board, Action.Fire fire, int intid, int cpu, boolean level) {
        Action.At at = fire.at().orElseThrow();
        long now = hardware.clock.now(board);
        long nanos = at.relative() ? now + at.nanos() : at.nanos();
        if (nanos < now) {
            return Reply.refuse(Refusal.invalid("/at", "that moment has passed; it is " + now));
        }
        if (!hardware.fires.add(board, nanos, intid, cpu, level)) {
            return Reply.refuse(Refusal.conflict(
                    "limit-reached",
                    hardware.fires.capacity() + " fires wait already",
                    List.of("limits.scheduled"),
                    List.of("DELETE /interrupts/scheduled")));
        }
        return Reply.now(answer(intid, cpu, true, nanos, Optional.empty()));
    }

    private Reply fireNow(Board board, Action.Fire fire, int intid, int cpu, boolean level) {
        interruptLines.move(board, intid, cpu, level);
        long now = hardware.clock.now(board);
        int index = hardware.lines.intids().index(Math.max(cpu, 0), intid);
        return Reply.later(after ->
                answer(intid, cpu, false, now, Optional.of(hardware.lines.high(after, index))));
    }

    private FireAnswer answer(
            int intid, int cpu, boolean scheduled, long at, Optional<Boolean> level) {
        String device = interruptLines.deviceOf(intid);
        return new FireAnswer(
                intid,
                cpu < 0 ? OptionalInt.empty() : OptionalInt.of(cpu),
                device.isEmpty() ? Optional.empty() : Optional.of(device),
                scheduled,
                at,
                level);
    }

    Reply cancelScheduled(Board board) {
        return Reply.now(new ScheduledCancelled(hardware.fires.clear(board)));
    }

    Reply type(Board board, Action.TypeByte typing) {
        for (Device device : hardware.devices) {
            if (device.name().equals(typing.device())) {
                return device.input(board, "byte", typing.octet())
                        .map(why -> Reply.refuse(Refusal.conflict(
                                "receiver-off",
                                why,
                                List.of("receiver off"),
                                List.of("POST /cpus/{n}/mmio"))))
                        .orElse(Reply.NOTHING);
            }
        }
        return Reply.refuse(noDevice(typing.device(), hardware.profile.devices()));
    }

    Reply input(Board board, Action.DeviceInput input) {
        for (Device device : hardware.devices) {
            if (device.name().equals(input.device())) {
                Optional<String> refused = device.input(board, input.what(), input.value());
                return Reply.unless(
                        refused.map(why -> Refusal.invalid(pointer(input.what()), why)),
                        after -> reports.devices().device(after, input.device()).orElseThrow());
            }
        }
        return Reply.refuse(noDevice(input.device(), hardware.profile.devices()));
    }

    /** An alarm comes as a moment; the caller calls it just that. */
    private static String pointer(String what) {
        return what.equals("alarmNs") ? "/alarm" : "/" + what;
    }

    Reply owner(Board board, Action.DeviceOwner change) {
        Optional<DeviceSpec> device = hardware.profile.device(change.device());
        if (device.isEmpty()) {
            return Reply.refuse(noDevice(change.device(), hardware.profile.devices()));
        }
        if (!board.has(Board.XEN)) {
            return Reply.refuse(BootOptions.noXen(board));
        }
        Optional<Domain> domain = xen.domains().find(board, change.domain());
        if (domain.isEmpty()) {
            return Reply.refuse(
                    Refusal.invalid("/domain", "there is no domain " + change.domain()));
        }
        Optional<Refusal> taken = xen.toolstack()
                .refuses(board, Optional.empty(), Optional.empty())
                .or(() -> xen.devices().refuses(board, device.get(), domain.get()));
        if (taken.isEmpty()) {
            xen.devices().give(board, device.get(), domain.get());
        }
        return Reply.unless(
                taken, after -> reports.devices().device(after, change.device()).orElseThrow());
    }
}

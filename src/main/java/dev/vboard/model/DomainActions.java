package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.DomainConfig;
import dev.vboard.model.xen.Hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code xl} does to domains. */
final class DomainActions {

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Supply supply;
    private final Reports reports;
    private final DomainVerbs verbs;

    DomainActions(Hardware hardware, Hypervisor xen, Supply supply, Reports reports) {
        this.hardware = hardware;
        this.xen = xen;
        this.supply = supply;
        this.reports = reports;
        verbs = new DomainVerbs(xen);
    }

    /** Why there is no such domain, if so. */
    Optional<Refusal> missing(Board board, String domain) {
        if (!board.has(Board.XEN)) {
            return Optional.of(
                    Refusal.notFound("no-such-domain", BootOptions.noXen(board).detail()));
        }
        if (xen.domains().find(board, domain).isPresent()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Domain each : xen.domains().live(board)) {
            names.add(Integer.toString(each.id(board)));
            names.add(each.name(board));
        }
        return Optional.of(new Refusal(
                Refusal.Kind.NOT_FOUND,
                "no-such-domain",
                "there is no domain " + domain,
                "",
                List.of(),
                List.of(),
                Nearest.to(domain, names)));
    }

    Reply create(Board board, Action.CreateDomain request) {
        if (!board.has(Board.XEN)) {
            return Reply.refuse(BootOptions.noXen(board));
        }
        Optional<Refusal> wrong = xen.toolstack()
                .refusesCreation(board)
                .or(() -> wrongShape(board, request))
                .or(() -> wrongPins(request))
                .or(() -> wrongDevices(board, request))
                .or(() -> wrongLines(board, request));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        request.interrupts().forEach(line -> supply.describe(board, line));
        boolean coordinated = ((BootOptions) board.creation()).coordSpi();
        int room = coordinated ? DomainVerbs.COORD_INTID : 0;
        Domain domain = xen.toolstack().create(board, config(request), room);
        return report(board, domain);
    }

    private Reply report(Board board, Domain domain) {
        return reports.domains().later(board, domain, reports.domains()::report);
    }

    private DomainConfig config(Action.CreateDomain request) {
        List<DomainConfig.PassedLine> lines = new ArrayList<>();
        request.interrupts().forEach(line -> lines.add(Supply.passed(line)));
        Action.XlOptions options = request.options();
        SortedMap<Integer, List<Integer>> pin = new TreeMap<>(request.pin());
        for (int i = 0; i < request.vcpus() && !options.cpus().isEmpty(); i++) {
            pin.putIfAbsent(i, options.cpus());
        }
        return new DomainConfig(
                request.name().orElse(""),
                request.vcpus(),
                supply.affinity(request.vcpus(), pin),
                request.memoryMiB(),
                request.guest(),
                request.roles().contains(Role.HARDWARE),
                request.roles().contains(Role.CONTROL),
                request.bits() == 32,
                request.paused(),
                request.entryPoint(),
                request.devices(),
                lines,
                request.afterShutdown(),
                extras(options));
    }

    private DomainConfig.Extras extras(Action.XlOptions options) {
        String hex = options.uuid().orElse("").replace("-", "");
        boolean named = !hex.isEmpty();
        SortedMap<Integer, List<Integer>> soft = new TreeMap<>();
        soft.put(0, options.cpusSoft());
        return new DomainConfig.Extras(
                options.vcpusAtBoot(),
                supply.affinity(1, soft).getFirst(),
                named ? Long.parseUnsignedLong(hex.substring(0, 16), 16) : 0,
                named ? Long.parseUnsignedLong(hex.substring(16), 16) : 0,
                options.commandLine());
    }

    private Optional<Refusal> wrongShape(Board board, Action.CreateDomain request) {
        int most = Math.min(
                hardware.profile.limits().vcpus(), hardware.profile.gic().mostCpus());
        if (request.vcpus() < 1 || request.vcpus() > most) {
            return Optional.of(
                    Refusal.invalid("/vcpus", "a domain on this GIC has 1 to " + most + " vCPUs"));
        }
        if (request.memoryMiB() < 1) {
            return Optional.of(Refusal.invalid("/memoryMiB", "a domain has at least 1 MiB"));
        }
        if (request.bits() != 64 && request.bits() != 32) {
            return Optional.of(Refusal.invalid("/bits", "a guest has 64 or 32 bits"));
        }
        String name = request.name().orElse("");
        if (name.length() > Domain.NAME_BYTES) {
            return Optional.of(Refusal.invalid(
                    "/name", "a name has at most " + Domain.NAME_BYTES + " characters"));
        }
        if (!name.isEmpty() && xen.domains().find(board, name).isPresent()) {
            int holder = xen.domains().find(board, name).orElseThrow().id(board);
            return Optional.of(Refusal.conflict(
                    "domain-exists",
                    "there is a domain " + name,
                    List.of("domain " + holder),
                    holder == 0 ? List.of() : List.of("DELETE /domains/" + holder)));
        }
        if (xen.domains().live(board).size() >= hardware.profile.limits().domains()) {
            return Optional.of(Refusal.conflict(
                    "limit-reached",
                    "the board has " + hardware.profile.limits().domains() + " domains already",
                    List.of("limits.domains"),
                    List.of("DELETE /domains/{d}")));
        }
        return Optional.empty();
    }

    private Optional<Refusal> wrongPins(Action.CreateDomain request) {
        for (Map.Entry<Integer, List<Integer>> pin : request.pin().entrySet()) {
            String pointer = "/pin/" + pin.getKey();
            if (pin.getKey() < 0 || pin.getKey() >= request.vcpus()) {
                return Optional.of(Refusal.invalid(pointer, "there is no such vCPU"));
            }
            Optional<Refusal> wrong = wrongCpus(pointer, pin.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return wrongCpusOfAll("/config/cpus", request.options().cpus())
                .or(() -> wrongCpusOfAll("/config/cpus_soft", request.options().cpusSoft()));
    }

    private Optional<Refusal> wrongCpusOfAll(String pointer, List<Integer> cpus) {
        return cpus.isEmpty() || cpus.getLast() < hardware.cpus.size()
                ? Optional.empty()
                : wrongCpus(pointer, List.of(cpus.getLast()))
                        .map(why -> Refusal.invalid(pointer, why.detail()));
    }

    /** What is wrong with a list of pCPUs, if anything. */
    Optional<Refusal> wrongCpus(String pointer, List<Integer> cpus) {
        if (cpus.isEmpty()) {
            return Optional.of(Refusal.invalid(pointer, "at least one CPU is needed"));
        }
        for (int i = 0; i < cpus.size(); i++) {
            if (cpus.get(i) < 0 || cpus.get(i) >= hardware.cpus.size()) {
                return Optional.of(Refusal.invalid(
                        pointer + "/" + i,
                        "the board has CPUs 0 to " + (hardware.cpus.size() - 1)));
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> wrongDevices(Board board, Action.CreateDomain request) {
        List<String> names = new ArrayList<>();
        hardware.profile.devices().forEach(device -> names.add(device.name()));
        for (int i = 0; i < request.devices().size(); i++) {
            String name = request.devices().get(i);
            Optional<DeviceSpec> device = hardware.profile.device(name);
            if (device.isEmpty()) {
                return Optional.of(Refusal.invalid(
                        "/devices/" + i,
                        "the board has no device " + name,
                        Nearest.to(name, names)));
            }
            Optional<Refusal> taken = xen.devices().inUse(board, device.get());
            if (taken.isPresent()) {
                return taken;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> wrongLines(Board board, Action.CreateDomain request) {
        for (int i = 0; i < request.interrupts().size(); i++) {
            Action.PassThrough line = request.interrupts().get(i);
            String pointer = "/interrupts/" + i;
            if (line.intid() < Intids.PRIVATE || !hardware.lines.intids().has(line.intid())) {
                return Optional.of(Refusal.invalid(
                        pointer + "/intid", "only an SPI of the board can be passed through"));
            }
            if (line.vcpu() < 0 || line.vcpu() >= request.vcpus()) {
                return Optional.of(Refusal.invalid(pointer + "/vcpu", "there is no such vCPU"));
            }
            if (xen.irqs().isXens(board, line.intid())
                    || xen.irqs().ownerSlot(board, line.intid()) != 0) {
                return Optional.of(lineInUse(board, line.intid()));
            }
        }
        return Optional.empty();
    }

    private Refusal lineInUse(Board board, int intid) {
        int slot = xen.irqs().ownerSlot(board, intid);
        int holder = slot == 0 ? -1 : xen.domains().inSlot(board, slot).id(board);
        return Refusal.conflict(
                "interrupt-in-use",
                "interrupt " + intid + " belongs to " + (slot == 0 ? "Xen" : "domain " + holder),
                List.of(slot == 0 ? "xen" : "domain " + holder),
                holder > 0 ? List.of("DELETE /domains/" + holder) : List.of());
    }

    Reply destroy(Board board, String name) {
        Optional<Refusal> wrong = missing(board, name);
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        Domain domain = xen.domains().find(board, name).orElseThrow();
        if (domain.id(board) == 0) {
            return Reply.refuse(Refusal.conflict(
                    "dom0",
                    "Dom0 cannot be destroyed",
                    List.of("domain 0"),
                    List.of("POST /reset")));
        }
        wrong = xen.toolstack().refuses(board, Optional.empty(), Optional.of(domain));
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        xen.toolstack().destroy(board, domain);
        return Reply.NOTHING;
    }

    Reply verb(Board board, Action.Verb action) {
        Optional<Refusal> wrong = missing(board, action.domain());
        if (wrong.isEmpty() && !DomainVerbs.ALL.contains(action.verb())) {
            wrong = Optional.of(new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "no-such-verb",
                    "xl has no verb " + action.verb(),
                    "",
                    List.of(),
                    List.of(),
                    Nearest.to(action.verb(), DomainVerbs.ALL)));
        }
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        Domain domain = xen.domains().find(board, action.domain()).orElseThrow();
        Optional<Refusal> objection = verbs.carryOut(board, domain, action);
        return objection.isPresent() ? Reply.refuse(objection.get()) : report(board, domain);
    }

    /** Types a line on a guest's console. */
    Reply type(Board board, Action.TypeLine typing) {
        Optional<Refusal> wrong = missing(board, typing.domain());
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        Domain domain = xen.domains().find(board, typing.domain()).orElseThrow();
        Optional<Refusal> objection = verbs.type(board, domain, typing.line());
        return objection.isPresent() ? Reply.refuse(objection.get()) : Reply.NOTHING;
    }

    Reply eventChannel(Board board, Action.EventChannel event) {
        Optional<Refusal> wrong = missing(board, event.domain());
        if (wrong.isPresent()) {
            return Reply.refuse(wrong.get());
        }
        if (xen.hostSuspend().inProgress(board)) {
            return Reply.refuse(Refusal.conflict(
                    "board-asleep",
                    "while the machine sleeps nobody can raise an event",
                    List.of("host suspend"),
                    List.of("POST /interrupts")));
        }
        Domain domain = xen.domains().find(board, event.domain()).orElseThrow();
        xen.guests().eventChannel(board, domain, event.port());
        return report(board, domain);
    }
}

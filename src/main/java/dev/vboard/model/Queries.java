package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Answers queries: one case for each. */
final class Queries {
    private static final List<String> STATES = List.of("enabled", "pending", "active");

    private final Hardware hardware;
    private final Hypervisor xen;
    private final Reports reports;
    private final Runner runner;
    private final Actions actions;
    private final Inventory inventory;

    Queries(Hardware hardware, Hypervisor xen, Reports reports, Runner runner, Actions actions) {
        this.hardware = hardware;
        this.xen = xen;
        this.reports = reports;
        this.runner = runner;
        this.actions = actions;
        inventory = new Inventory(hardware);
    }

    Outcome answer(Board board, Query query) {
        return switch (query) {
            case Query.Summary _ -> done(reports.summary(board));
            case Query.Power _ -> done(reports.power(board));
            case Query.Cpus _ -> done(reports.cpus(board));
            case Query.Cpu cpu -> cpu(board, cpu.cpu());
            case Query.Gic _ -> done(reports.devices().gic(board));
            case Query.Interrupts list -> interrupts(board, list);
            case Query.Interrupt one -> interrupt(board, one);
            case Query.Scheduled _ -> done(hardware.fires.all(board));
            case Query.Devices _ -> done(reports.devices().all(board));
            case Query.DeviceNamed device -> device(board, device.name());
            case Query.PowerDomains _ -> done(reports.devices().powerDomains(board));
            case Query.Domains _ ->
                done(board.has(Board.XEN) ? reports.domains().all(board) : List.of());
            case Query.Domain one ->
                domain(board, one.domain(), domain -> reports.domains().report(board, domain));
            case Query.DeviceTree one ->
                domain(board, one.domain(), domain -> DeviceTree.of(hardware, xen, board, domain));
            case Query.Vcpus list ->
                domain(board, list.domain(), domain -> reports.domains().vcpus(board, domain));
            case Query.Vcpu one -> vcpu(board, one);
            case Query.Xl xl -> xl(board, xl.command());
            case Query.Console console -> console(board, console.name());
            case Query.Clock _ -> done(reports.clock(board, runner.settled(board)));
            case Query.Suspend _ -> done(reports.host().suspend(board));
            case Query.Explain _ -> done(reports.explanations().explain(board));
            case Query.Inventory _ -> done(inventory.report(board));
            case Query.Host _ -> done(reports.host().host(board));
            case Query.Faults _ -> done(actions.faults().all(board));
            case Query.Hazards _ -> done(reports.host().hazards(board));
            case Query.Invariants _ -> done(reports.host().invariants(board));
        };
    }

    private static Outcome done(Object answer) {
        return new Outcome.Done(answer, false);
    }

    private static Outcome refused(Refusal why) {
        return new Outcome.Refused(why);
    }

    private Outcome cpu(Board board, int id) {
        return id >= 0 && id < hardware.cpus.size()
                ? done(reports.cpu(board, id))
                : refused(Refusal.notFound(
                        "no-such-cpu", "the board has CPUs 0 to " + (hardware.cpus.size() - 1)));
    }

    private Outcome interrupts(Board board, Query.Interrupts query) {
        if (query.state().isPresent() && !STATES.contains(query.state().get())) {
            return refused(Refusal.invalid(
                    "?state",
                    "no state " + query.state().get(),
                    Nearest.to(query.state().get(), STATES)));
        }
        int cpu = query.cpu().orElse(0);
        if (cpu < 0 || cpu >= hardware.cpus.size()) {
            return refused(Refusal.invalid("?cpu", "no CPU " + cpu));
        }
        return done(reports.devices().interrupts(board, query.state(), query.cpu(), query.all()));
    }

    private Outcome interrupt(Board board, Query.Interrupt query) {
        Intids intids = hardware.lines.intids();
        if (!intids.has(query.intid())) {
            return refused(Refusal.notFound(
                    "no-such-interrupt", "the board has INTIDs 0 to " + (intids.intids() - 1)));
        }
        OptionalInt cpu = query.cpu();
        if (query.intid() < Intids.PRIVATE && cpu.isEmpty()) {
            return refused(Refusal.invalid("?cpu", "an SGI or PPI needs its CPU"));
        }
        if (cpu.orElse(0) < 0 || cpu.orElse(0) >= hardware.cpus.size()) {
            return refused(Refusal.invalid("?cpu", "no CPU " + cpu.orElse(0)));
        }
        return done(reports.devices().interrupt(board, intids.index(cpu.orElse(0), query.intid())));
    }

    private Outcome device(Board board, String name) {
        Optional<DeviceReport> device = reports.devices().device(board, name);
        return device.isPresent()
                ? done(device.get())
                : refused(DeviceActions.noDevice(name, hardware.profile.devices()));
    }

    private Outcome domain(Board board, String name, Function<Domain, Object> answer) {
        Optional<Refusal> missing = actions.missing(board, name, 0);
        return missing.isPresent()
                ? refused(missing.get())
                : done(answer.apply(xen.domains().find(board, name).orElseThrow()));
    }

    private Outcome xl(Board board, String command) {
        return board.has(Board.XEN)
                ? done(reports.xl().text(board, command))
                : refused(BootOptions.noXen(board));
    }

    private Outcome console(Board board, String name) {
        Optional<ConsoleName> found = hardware.consoleNamed(name)
                .or(() -> board.has(Board.XEN) ? domainConsole(board, name) : Optional.empty());
        return found.isPresent()
                ? done(found.get())
                : refused(Refusal.notFound(
                        "no-such-console",
                        "there is no console " + name
                                + "; a UART has one by number and name, Xen has xen,"
                                + " domain 1 has d1"));
    }

    private Optional<ConsoleName> domainConsole(Board board, String name) {
        for (Domain domain : xen.domains().live(board)) {
            if (name.equals("d" + domain.id(board))) {
                return Optional.of(new ConsoleName(true, domain.id(board), ""));
            }
        }
        return Optional.empty();
    }

    private Outcome vcpu(Board board, Query.Vcpu query) {
        Optional<Refusal> missing = actions.missing(board, query.domain(), query.vcpu());
        if (missing.isPresent()) {
            return refused(missing.get());
        }
        Domain domain = xen.domains().find(board, query.domain()).orElseThrow();
        return done(reports.domains().vcpu(board, domain, query.vcpu()));
    }
}

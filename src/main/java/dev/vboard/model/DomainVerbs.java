package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.GuestSoftware.Request;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;

import java.util.List;
import java.util.Optional;

/** What {@code xl} asks of a domain that exists, and what it is refused for. */
final class DomainVerbs {
    /** All there are. */
    static final List<String> ALL = List.of(
            "pause", "unpause", "shutdown", "reboot", "suspend", "resume", "crash", "trigger");

    /** The virtual interrupt that asks a guest to suspend (xen-suspend.md 2.1, D14). */
    static final int COORD_INTID = Intids.PRIVATE + 129;

    /** The event channel of xenstore, where a guest hears what is asked of it. */
    private static final int XENSTORE_PORT = 1;

    private final Hypervisor xen;

    DomainVerbs(Hypervisor xen) {
        this.xen = xen;
    }

    /** Carries a verb out, or says why not. */
    Optional<Refusal> carryOut(Board board, Domain domain, Action.Verb action) {
        Optional<Integer> by =
                action.by().isPresent() ? Optional.of(action.by().getAsInt()) : Optional.empty();
        return asksItself(board, domain, action)
                ? ask(board, domain, "suspend", Request.SUSPEND)
                : xen.toolstack()
                        .refuses(board, by, Optional.of(domain))
                        .or(() -> carryOut(board, domain, action.verb()));
    }

    /** A shell in the domain needs no xl to write to {@code /sys/power/state}. */
    private static boolean asksItself(Board board, Domain domain, Action.Verb action) {
        return action.verb().equals("suspend")
                && action.by().isEmpty()
                && domain.control(board)
                && domain.guest(board) == DomainReport.Guest.LINUX;
    }

    private Optional<Refusal> carryOut(Board board, Domain domain, String verb) {
        return switch (verb) {
            case "pause" -> xen.toolstack().pause(board, domain);
            case "unpause" -> xen.toolstack().unpause(board, domain);
            case "resume" -> xen.toolstack().resume(board, domain);
            case "crash" -> {
                xen.toolstack().crash(board, domain);
                yield Optional.empty();
            }
            case "suspend" -> suspend(board, domain);
            case "shutdown" -> ask(board, domain, verb, Request.POWER_OFF);
            case "reboot" -> ask(board, domain, verb, Request.REBOOT);
            default ->
                Optional.of(Refusal.conflict(
                        "xl-refused",
                        "xl trigger: Function not implemented (ENOSYS on Arm)",
                        List.of("Arm"),
                        List.of()));
        };
    }

    private Optional<Refusal> suspend(Board board, Domain domain) {
        BootOptions options = (BootOptions) board.creation();
        if (domain.guest(board) == DomainReport.Guest.LINUX) {
            return ask(board, domain, "suspend", Request.SUSPEND);
        }
        if (!options.coordSpi() || !domain.intids().has(COORD_INTID)) {
            return Optional.of(deaf(board, domain, "suspend"));
        }
        xen.guests().raise(board, domain, COORD_INTID);
        return Optional.empty();
    }

    /** Asks the software of a domain, and lets it know by an event. */
    private Optional<Refusal> ask(Board board, Domain domain, String verb, Request request) {
        if (domain.guest(board) == DomainReport.Guest.MANUAL) {
            return Optional.of(deaf(board, domain, verb));
        }
        Optional<Refusal> stopped = stopped(board, domain);
        if (stopped.isPresent()) {
            return stopped;
        }
        if (domain.software().busy(board)) {
            return Optional.of(Refusal.conflict(
                    "guest-busy",
                    "domain " + domain.id(board) + " is at work on what it was asked before",
                    List.of("guest"),
                    List.of("POST /clock")));
        }
        domain.software().ask(board, request);
        xen.guests().eventChannel(board, domain, XENSTORE_PORT);
        return Optional.empty();
    }

    /** Why a guest does not hear anything; that it waits for an interrupt is no reason. */
    private Optional<Refusal> stopped(Board board, Domain domain) {
        Optional<Refusal> refusal =
                xen.guests().refuses(board, domain, domain.vcpus().getFirst());
        if (refusal.isEmpty() || !refusal.get().code().equals("vcpu-blocked")) {
            return refusal;
        }
        int id = domain.id(board);
        return domain.pauseCount(board) == 0
                ? Optional.empty()
                : Optional.of(Refusal.conflict(
                        "domain-paused",
                        "domain " + id + " is paused",
                        List.of("pause"),
                        List.of("POST /domains/" + id + "/unpause")));
    }

    /** Types a line on a guest's console; a guest that acts by itself has a shell there. */
    Optional<Refusal> type(Board board, Domain domain, String line) {
        if (domain.guest(board) == DomainReport.Guest.MANUAL) {
            return Optional.of(deaf(board, domain, "what is typed"));
        }
        Optional<Refusal> stopped = stopped(board, domain);
        if (stopped.isEmpty()) {
            domain.software().typed(board, line);
            xen.guests().eventChannel(board, domain, XENSTORE_PORT);
        }
        return stopped;
    }

    private static Refusal deaf(Board board, Domain domain, String verb) {
        return Refusal.conflict(
                "guest-does-not-listen",
                "the guest of domain " + domain.id(board) + " does not act on " + verb,
                List.of("guest " + domain.guest(board)),
                List.of("POST /domains/" + domain.id(board) + "/vcpus/0/psci"));
    }
}

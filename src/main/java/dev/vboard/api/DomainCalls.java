package dev.vboard.api;

import static dev.vboard.api.BoardOptions.orElse;
import static dev.vboard.api.BoardRoutes.change;
import static dev.vboard.api.BoardRoutes.readStamped;

import dev.vboard.api.body.DomainCreate;
import dev.vboard.api.body.DomainPage;
import dev.vboard.api.body.DomainTrigger;
import dev.vboard.api.body.DomainVerb;
import dev.vboard.api.body.Done;
import dev.vboard.api.body.EventChannelRaise;
import dev.vboard.catalog.Typo;
import dev.vboard.model.Action;
import dev.vboard.model.Query;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.DomainReport;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.runtime.ServiceLimits;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Xen's domains, as xl handles them. */
@Component
class DomainCalls implements RouteGroup {
    private static final String DOMAINS = "/domains";
    private static final String DOMAIN = DOMAINS + "/{domain}";
    private static final List<String> VERBS =
            List.of("pause", "unpause", "shutdown", "reboot", "suspend", "resume", "crash");

    private final ServiceLimits limits;

    DomainCalls(ServiceLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                BoardRoutes.<DomainReport>list(DOMAINS, _ -> new Query.Domains(), DomainPage::new),
                Route.board("POST", DOMAINS, (Route.OnBoard) this::create)
                        .takes(DomainCreate.class)
                        .with("settle"),
                readStamped(DOMAIN, DomainCalls::report),
                Route.board("DELETE", DOMAIN, (Route.OnBoard) DomainCalls::destroy)
                        .with("settle"),
                BoardRoutes.action("POST", DOMAIN + "/{verb}", DomainCalls::verb)
                        .mayTake(DomainVerb.class),
                BoardRoutes.action("POST", DOMAIN + "/trigger", DomainCalls::trigger)
                        .takes(DomainTrigger.class),
                Route.board("GET", DOMAIN + "/device-tree", (Route.OnBoard) DomainCalls::tree)
                        .produces("text/plain"),
                change("POST", DOMAIN + "/event-channel", DomainCalls::raise, DomainCalls::report)
                        .takes(EventChannelRaise.class));
    }

    private static Query report(Call call) {
        return new Query.Domain(call.domain());
    }

    private Reply create(Turn turn, Call call) {
        List<?> present = (List<?>) BoardRoutes.ask(turn, call, new Query.Domains());
        if (present.size() >= limits.domains()) {
            Refusal refusal = Refusal.conflict(
                    ProblemCode.LIMIT_REACHED.code(),
                    "a board holds at most " + limits.domains() + " domains",
                    List.of("domains"),
                    List.of("DELETE /domains/{d}"));
            throw new ProblemException(Problems.of(refusal, call.boardPath()));
        }
        DomainReport made = (DomainReport)
                BoardRoutes.act(turn, call, NewDomain.of(call.body(DomainCreate.class)));
        String location = call.boardPath() + DOMAINS + "/" + made.id();
        return Reply.created(BoardRoutes.stamped(turn, made), location);
    }

    private static Reply destroy(Turn turn, Call call) {
        BoardRoutes.act(turn, call, new Action.DestroyDomain(call.domain()));
        return Reply.ok(new Done(turn.revision(), turn.nowNanos()));
    }

    private static Action verb(Call call) {
        String verb = call.variable("verb");
        if (!VERBS.contains(verb)) {
            List<String> near = Typo.meant(verb, VERBS);
            throw new ProblemException(Problems.of(
                    Refusal.notFound(
                            "no-such-verb",
                            "xl has no verb " + verb,
                            near.isEmpty() ? VERBS : near),
                    call.boardPath()));
        }
        OptionalInt by = by(call.body(DomainVerb.class).by());
        return new Action.Verb(call.domain(), verb, by, Optional.empty(), 0);
    }

    private static Action trigger(Call call) {
        DomainTrigger body = call.body(DomainTrigger.class);
        Optional<String> what = Optional.of(body.trigger().wire());
        int vcpu = orElse(body.vcpu(), 0);
        return new Action.Verb(call.domain(), "trigger", by(body.by()), what, vcpu);
    }

    private static Reply tree(Turn turn, Call call) {
        Object tree = BoardRoutes.ask(turn, call, new Query.DeviceTree(call.domain()));
        return Reply.text("text/plain", (String) tree);
    }

    private static Action raise(Call call) {
        int port = call.body(EventChannelRaise.class).port();
        return new Action.EventChannel(call.domain(), port);
    }

    private static OptionalInt by(@Nullable Integer domain) {
        return domain == null ? OptionalInt.empty() : OptionalInt.of(domain);
    }
}

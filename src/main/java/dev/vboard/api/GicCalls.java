package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.action;
import static dev.vboard.api.BoardRoutes.read;

import dev.vboard.api.body.AtInput;
import dev.vboard.api.body.FireRequest;
import dev.vboard.api.body.InterruptPage;
import dev.vboard.api.body.ScheduledFirePage;
import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.report.InterruptReport;
import dev.vboard.model.report.ScheduledFire;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The interrupt controller as hardware, and the lines that lead to it. */
@Component
class GicCalls implements RouteGroup {
    private static final String SCHEDULED = "/interrupts/scheduled";
    private static final Set<String> STATES = Set.of("enabled", "pending", "active");

    @Override
    public List<Route> routes() {
        return List.of(
                read("/gic", _ -> new Query.Gic()),
                BoardRoutes.<InterruptReport>list(
                                "/gic/interrupts", GicCalls::interrupts, InterruptPage::new)
                        .with("state", "cpu", "all"),
                read("/gic/interrupts/{intid}", GicCalls::interrupt).with("cpu"),
                action("POST", "/interrupts", GicCalls::fire).takes(FireRequest.class),
                BoardRoutes.<ScheduledFire>list(
                        SCHEDULED, _ -> new Query.Scheduled(), ScheduledFirePage::new),
                Route.board("DELETE", SCHEDULED, (Route.OnBoard) GicCalls::cancel));
    }

    private static Query interrupts(Call call) {
        Parameters parameters = call.parameters();
        Optional<String> state = parameters.text("state");
        if (state.isPresent() && !STATES.contains(state.get())) {
            throw ProblemException.invalid("?state", "must be enabled, pending or active");
        }
        return new Query.Interrupts(state, parameters.cpu(), parameters.flag("all"));
    }

    private static Query interrupt(Call call) {
        return new Query.Interrupt(call.intid(), call.parameters().cpu());
    }

    private static Action fire(Call call) {
        FireRequest body = call.body(FireRequest.class);
        if ((body.intid() == null) == (body.device() == null)) {
            throw ProblemException.invalid("", "must have one of intid and device");
        }
        AtInput at = body.at();
        return new Action.Fire(
                body.intid() == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(body.intid().intid()),
                Optional.ofNullable(body.device()),
                body.cpu() == null ? OptionalInt.empty() : OptionalInt.of(body.cpu()),
                Optional.ofNullable(body.level()),
                at == null
                        ? Optional.empty()
                        : Optional.of(new Action.At(at.nanos(), at.relative())));
    }

    private static Reply cancel(Turn turn, Call call) {
        Object answer = BoardRoutes.act(turn, call, new Action.CancelScheduled(), Settle.AS_FOUND);
        return Reply.ok(BoardRoutes.stamped(turn, answer));
    }
}

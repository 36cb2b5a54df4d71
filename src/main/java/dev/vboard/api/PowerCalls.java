package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.readStamped;

import dev.vboard.api.body.PowerRequest;
import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.report.PowerReport;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;

/** Supply and reset. */
@Component
class PowerCalls implements RouteGroup {
    @Override
    public List<Route> routes() {
        return List.of(
                readStamped("/power", _ -> new Query.Power()),
                Route.board("PUT", "/power", (Route.OnBoard) PowerCalls::power)
                        .takes(PowerRequest.class),
                Route.board("POST", "/reset", (Route.OnBoard) PowerCalls::reset).with("settle"));
    }

    /** Answers when the state is reached, whatever else is under way. */
    private static Reply power(Turn turn, Call call) {
        boolean on = call.body(PowerRequest.class).state() == PowerReport.Switch.ON;
        BoardRoutes.act(turn, call, new Action.Power(on), Settle.YES);
        return Reply.ok(BoardRoutes.stamped(turn, BoardRoutes.ask(turn, call, new Query.Power())));
    }

    private static Reply reset(Turn turn, Call call) {
        BoardRoutes.act(turn, call, new Action.Reset());
        return Reply.ok(Summaries.of(turn));
    }
}

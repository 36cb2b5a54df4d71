package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.read;

import com.fasterxml.jackson.annotation.JsonCreator;

import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;

/** Attempts to suspend the machine, what tests rely on, the known bugs and what must hold. */
@Component
class SuspendCalls implements RouteGroup {
    private static final int MOST_HAZARDS = 128;

    /** A plain array of ids. */
    record HazardSet(List<String> ids) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        HazardSet {}
    }

    @Override
    public List<Route> routes() {
        return List.of(
                read("/suspend", _ -> new Query.Suspend()),
                read("/explain", _ -> new Query.Explain()),
                read("/host", _ -> new Query.Host()),
                read("/invariants", _ -> new Query.Invariants()),
                read("/hazards", _ -> new Query.Hazards()),
                Route.board("PUT", "/hazards", (Route.OnBoard) SuspendCalls::hazards)
                        .takes(HazardSet.class));
    }

    private static Reply hazards(Turn turn, Call call) {
        List<String> ids = call.body(HazardSet.class).ids();
        if (ids.size() > MOST_HAZARDS) {
            throw ProblemException.invalid("", "number of entries must be at most 128");
        }
        for (int i = 0; i < ids.size(); i++) {
            // A null in a list is nothing the type can say.
            if ((Object) ids.get(i) == null) {
                throw ProblemException.invalid("/" + i, "must not be null");
            }
        }
        BoardRoutes.act(turn, call, new Action.SetHazards(ids), Settle.AS_FOUND);
        return Reply.ok(BoardRoutes.ask(turn, call, new Query.Hazards()));
    }
}

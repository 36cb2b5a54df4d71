package dev.vboard.api;

import dev.vboard.api.body.Done;
import dev.vboard.api.body.FaultPage;
import dev.vboard.api.body.FaultRequest;
import dev.vboard.model.Action;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Query;
import dev.vboard.model.core.Faults;
import dev.vboard.model.report.FaultReport;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Faults that a caller injects. */
@Component
class FaultCalls implements RouteGroup {
    private static final String FAULTS = "/faults";

    @Override
    public List<Route> routes() {
        return List.of(
                BoardRoutes.<FaultReport>list(FAULTS, _ -> new Query.Faults(), FaultPage::new),
                Route.board("POST", FAULTS, (Route.OnBoard) FaultCalls::inject)
                        .takes(FaultRequest.class),
                Route.board("DELETE", FAULTS + "/{fault}", (Route.OnBoard) FaultCalls::remove));
    }

    private static Reply inject(Turn turn, Call call) {
        FaultReport made = (FaultReport)
                BoardRoutes.act(turn, call, action(call.body(FaultRequest.class)), Settle.AS_FOUND);
        return Reply.created(
                BoardRoutes.stamped(turn, made), call.boardPath() + FAULTS + "/" + made.id());
    }

    private static Action action(FaultRequest body) {
        return new Action.InjectFault(
                Faults.Kind.valueOf(body.kind().name()),
                number(body.cpu()),
                number(body.paBits()),
                body.midr() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(body.midr().value()),
                number(body.dcacheLine()),
                Optional.ofNullable(body.function()),
                number(body.result()),
                Optional.ofNullable(body.step()),
                number(body.error()),
                body.delay() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(body.delay().nanos()),
                number(body.unit()),
                body.intid() == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(body.intid().intid()),
                body.times() == null ? 1 : body.times());
    }

    private static OptionalInt number(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Reply remove(Turn turn, Call call) {
        Action action = new Action.RemoveFault(call.fault());
        BoardRoutes.act(turn, call, action, Settle.AS_FOUND);
        return Reply.ok(new Done(turn.revision(), turn.nowNanos()));
    }
}

package dev.vboard.api;

import dev.vboard.catalog.Fidelity;
import dev.vboard.model.BoardInventory;
import dev.vboard.model.Query;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;

/** How faithful a board is. */
@Component
class FidelityCalls implements RouteGroup {
    /** Read when somebody asks for the first time, so that the service starts without. */
    private static final class Table {
        static final Fidelity FIDELITY = new Fidelity();

        private Table() {}
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.board("GET", "/fidelity", (Route.OnBoard) FidelityCalls::answer));
    }

    private static Reply answer(Turn turn, Call call) {
        BoardInventory board = (BoardInventory) BoardRoutes.ask(turn, call, new Query.Inventory());
        return Reply.ok(Table.FIDELITY.of(board));
    }
}

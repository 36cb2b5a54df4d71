package dev.vboard.api;

import org.springframework.stereotype.Component;

import java.util.List;

/** The whole interface: every call of every group, in one table. */
@Component
class Routes {
    private final List<Route> all;
    private final Router router;

    Routes(List<RouteGroup> groups) {
        all = groups.stream().flatMap(group -> group.routes().stream()).toList();
        router = new Router(all);
    }

    List<Route> all() {
        return all;
    }

    Router router() {
        return router;
    }
}

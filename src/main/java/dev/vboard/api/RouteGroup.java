package dev.vboard.api;

import java.util.List;

/** Calls that belong together. */
@FunctionalInterface
interface RouteGroup {
    List<Route> routes();
}

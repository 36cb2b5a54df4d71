package dev.vboard.api;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a method and a path by going down its segments. */
final class Router {
    private final Map<String, Node> roots = new HashMap<>();

    /** A route and what the path has for its variables. */
    record Match(Route route, List<String> variables) {}

    Router(List<Route> routes) {
        routes.forEach(this::add);
    }

    private void add(Route route) {
        Node node = roots.computeIfAbsent(route.method(), _ -> new Node());
        for (String segment : segments(route.path())) {
            if (segment.startsWith("{")) {
                node = node.variable == null ? node.variable = new Node() : node.variable;
            } else {
                node = node.named.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.route != null) {
            throw new IllegalStateException("two routes: " + route.method() + " " + route.path());
        }
        node.route = route;
    }

    /**
     * The route of a path.
     *
     * @param path without query, its segments decoded or free of what would need it
     */
    Optional<Match> find(String method, String path) {
        Node root = roots.get(method);
        if (root == null || !path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>(4);
        Route route = find(root, path, 1, variables);
        return route == null ? Optional.empty() : Optional.of(new Match(route, variables));
    }

    /** The methods that a path takes, in order. */
    List<String> methods(String path) {
        return roots.keySet().stream()
                .filter(method -> find(method, path).isPresent())
                .sorted()
                .toList();
    }

    /** A named segment is preferred; no two routes need a second try after that failed. */
    private static @Nullable Route find(Node root, String path, int begin, List<String> variables) {
        Node node = root;
        int from = begin;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            String segment = path.substring(from, slash < 0 ? path.length() : slash);
            Node next = node.named.get(segment);
            if (next == null) {
                if (node.variable == null || segment.isEmpty()) {
                    return null;
                }
                next = node.variable;
                variables.add(segment);
            }
            node = next;
            if (slash < 0) {
                return node.route;
            }
            from = slash + 1;
        }
        return null;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/"));
    }

    private static final class Node {
        private final Map<String, Node> named = new HashMap<>();
        private @Nullable Node variable;
        private @Nullable Route route;
    }
}

package dev.vboard.api;

import dev.vboard.runtime.BoardRuntime.Turn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing that can be called: all there is to know to let HTTP, and a list of commands, call it.
 *
 * @param method of HTTP
 * @param path the template; below the board for what is called on a board
 * @param parameters names the query may have
 * @param body the type of the body
 * @param bodyNeeded whether there must be one
 * @param consumes media types a body may be declared as
 * @param produces media types of the answer, the usual one first
 * @param variables names of the variables in the path, in order
 * @param work what the call does
 */
record Route(
        String method,
        String path,
        SortedSet<String> parameters,
        Class<? extends Record> body,
        boolean bodyNeeded,
        List<String> consumes,
        List<String> produces,
        List<String> variables,
        Work work) {
    /** Where boards are. */
    static final String BOARDS = "/api/v1/boards";

    private static final String BOARD = BOARDS + "/{board}";
    private static final List<String> JSON = List.of(MediaTypes.JSON);
    private static final Class<? extends Record> NO_BODY = Call.NoBody.class;
    private static final SortedSet<String> REPEATABLE =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("label", "type")));

    /** What a call does. */
    sealed interface Work permits OnService, OnBoard, Following {}

    /** Does something with the service as a whole. */
    @FunctionalInterface
    non-sealed interface OnService extends Work {
        Reply answer(Call call);
    }

    /** Does something on one board, with the board to itself. */
    @FunctionalInterface
    non-sealed interface OnBoard extends Work {
        Reply answer(Turn turn, Call call);
    }

    /** Answers as {@link OnBoard}, or goes on answering for as long as the client listens. */
    record Following(OnBoard once) implements Work {}

    /** A call on the service. */
    static Route service(String method, String path, OnService work) {
        return plain(method, path, work);
    }

    /** A call on a board; the path begins below the board. */
    static Route board(String method, String path, Work work) {
        return plain(method, BOARD + path, work);
    }

    private static Route plain(String method, String path, Work work) {
        SortedSet<String> none = Collections.emptySortedSet();
        return new Route(method, path, none, NO_BODY, false, JSON, JSON, variablesOf(path), work);
    }

    /** The same route with a body. */
    Route takes(Class<? extends Record> type) {
        return new Route(method, path, parameters, type, true, JSON, produces, variables, work);
    }

    /** The same route with a document for a body, which whoever carries it out reads himself. */
    Route takesDocument(List<String> types) {
        return new Route(
                method,
                path,
                parameters,
                Call.RawDocument.class,
                true,
                types,
                produces,
                variables,
                work);
    }

    /** The same route with a body that may be left out. */
    Route mayTake(Class<? extends Record> type) {
        return new Route(method, path, parameters, type, false, JSON, produces, variables, work);
    }

    /** The same route with these parameters besides those it has. */
    Route with(String... names) {
        SortedSet<String> more = new TreeSet<>(parameters);
        more.addAll(List.of(names));
        SortedSet<String> all = Collections.unmodifiableSortedSet(more);
        return new Route(method, path, all, body, bodyNeeded, consumes, produces, variables, work);
    }

    /** The same route, answering with one of those. */
    Route produces(String... types) {
        List<String> all = List.of(types);
        return new Route(
                method, path, parameters, body, bodyNeeded, consumes, all, variables, work);
    }

    /** The same route, in pages. */
    Route paged() {
        return with("limit", "cursor");
    }

    /** Whether it only reads. */
    boolean reads() {
        return method.equals("GET");
    }

    /** Whether it is called on a board. */
    boolean onBoard() {
        return !(work instanceof OnService);
    }

    /** Reads the query of a call to this route. */
    Parameters parse(String query) {
        return Parameters.parse(query, parameters, REPEATABLE);
    }

    private static List<String> variablesOf(String path) {
        List<String> names = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return List.copyOf(names);
    }
}

package dev.vboard.api;

import dev.vboard.api.body.IntidInput;
import dev.vboard.model.Caller;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.core.Refusal;

import java.util.List;

/**
 * One call of the interface: an HTTP request, or one of several in a request's body.
 *
 * @param route what is called
 * @param variables what stands in the path for the route's variables, decoded
 * @param parameters the query
 * @param conditions what the caller wants the revision to be
 * @param mediaType which of the route's media types to answer with
 * @param body what the body says; an empty record where the route takes none
 */
record Call(
        Route route,
        List<String> variables,
        Parameters parameters,
        Conditions conditions,
        String mediaType,
        Record body) {

    /** A body that has nothing in it. */
    record NoBody() {}

    /**
     * A body that is read by whom it is for.
     *
     * @param text all of it
     * @param json whether it was declared as JSON
     */
    record RawDocument(String text, boolean json) {}

    /** The body, of a route that takes this type. */
    <B> B body(Class<B> type) {
        return type.cast(body);
    }

    /** What stands for that variable. */
    String variable(String name) {
        return variables.get(route.variables().indexOf(name));
    }

    /** Id of the board, whatever is called on it. */
    String boardId() {
        return variable("board");
    }

    /** Number of the physical CPU in the path; one that cannot be is not found. */
    int cpu() {
        return number("cpu", "CPU");
    }

    /** Id or name of the domain in the path. */
    String domain() {
        return variable("domain");
    }

    /** Number of the vCPU in the path. */
    int vcpu() {
        return number("vcpu", "vCPU");
    }

    /** Number of the injected fault in the path. */
    int fault() {
        return number("fault", "fault");
    }

    /** The interrupt in the path. */
    int intid() {
        try {
            return IntidInput.parsePath(variable("intid")).intid();
        } catch (IllegalArgumentException e) {
            throw nothing("interrupt", "interrupt", variable("intid"));
        }
    }

    /** The software whose CPU or vCPU the path names. */
    Caller caller() {
        return route.variables().contains("cpu")
                ? new Caller.PhysicalCpu(cpu())
                : new Caller.Vcpu(domain(), vcpu());
    }

    /** What the caller wants of the clock. */
    Settle settle() {
        return parameters
                .choice("settle")
                .map(yes -> yes ? Settle.YES : Settle.NO)
                .orElse(Settle.AS_FOUND);
    }

    private int number(String variable, String what) {
        long number = Digits.parse(variable(variable));
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw nothing(variable, what, variable(variable));
        }
        return (int) number;
    }

    /** As the board says it of a number that none has. */
    private ProblemException nothing(String kind, String what, String given) {
        Refusal refusal = Refusal.notFound("no-such-" + kind, "there is no " + what + " " + given);
        return new ProblemException(Problems.of(refusal, boardPath()));
    }

    /** Where the board is. */
    String boardPath() {
        return Route.BOARDS + "/" + boardId();
    }
}

package dev.vboard.scenario;

import java.util.List;

/**
 * A scenario, as its file tells it.
 *
 * @param id its number in the specification, {@code S5}
 * @param flavour of Xen
 * @param boards names of the rows of {@code boards.txt} it runs on
 * @param steps in order
 */
record Transcript(String id, String flavour, List<String> boards, List<Step> steps) {

    /** Something that is done. */
    sealed interface Step permits Request, On, Repeat {
        Place place();
    }

    /** What a request is about. */
    enum About {
        /** A new board, which the following requests are about. */
        NEW_BOARD,
        /** The board. */
        BOARD,
        /** A copy of the board. */
        FORK
    }

    /**
     * A request.
     *
     * @param path below the board; of a fork its name
     * @param body JSON, or nothing
     * @param expected a {@link Answer} first
     */
    record Request(
            Place place,
            About about,
            String method,
            String path,
            String body,
            List<Expectation> expected)
            implements Step {}

    /** From here on the named fork is meant, or the board it is a fork of. */
    record On(Place place, String name) implements Step {}

    /** Steps that are done several times. */
    record Repeat(Place place, int times, List<Step> steps) implements Step {}

    /** What is expected of a request. */
    sealed interface Expectation permits Answer, Happens, Keep {
        Place place();
    }

    /**
     * The answer.
     *
     * @param json what it has among other things, or nothing
     */
    record Answer(Place place, int status, String json) implements Expectation {}

    /**
     * An event, after those before it.
     *
     * @param absent it must not come between the one before and the one behind
     */
    record Happens(Place place, boolean absent, EventPattern pattern) implements Expectation {}

    /**
     * A value of the answer that is kept for later.
     *
     * @param name how it is called from here on
     * @param pointer JSON pointer into the answer
     */
    record Keep(Place place, String name, String pointer) implements Expectation {}

    /** How the events look that are meant. */
    sealed interface EventPattern permits Fields, Console {}

    /** Those with such fields, as JSON. */
    record Fields(String json) implements EventPattern {}

    /**
     * Lines of the console.
     *
     * @param text the whole line; a regular expression for the whole line between slashes
     */
    record Console(String text) implements EventPattern {}
}

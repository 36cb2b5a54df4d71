package dev.vboard.model.core;

import java.util.List;

/**
 * Why a command was refused: the caller's error, as data.
 *
 * @param kind what sort of error
 * @param code a stable word for it, for example {@code vcpu-off}
 * @param detail a sentence
 * @param pointer JSON pointer into the body, empty when it is not about the body
 * @param blocking what holds the caller
 * @param remedy what would end it: a method and path, or interrupts
 * @param nearest valid values near a wrong one
 */
public record Refusal(
        Kind kind,
        String code,
        String detail,
        String pointer,
        List<String> blocking,
        List<String> remedy,
        List<String> nearest) {

    /** Sorts of error. */
    public enum Kind {
        /** What the path names is not there. */
        NOT_FOUND,
        /** The board is in a state that does not allow it. */
        CONFLICT,
        /** The body is readable but wrong. */
        INVALID
    }

    /** What the path names is not there. */
    public static Refusal notFound(String code, String detail) {
        return notFound(code, detail, List.of());
    }

    /** What the path names is not there, but these are. */
    public static Refusal notFound(String code, String detail, List<String> nearest) {
        return new Refusal(Kind.NOT_FOUND, code, detail, "", List.of(), List.of(), nearest);
    }

    /** The state does not allow it: what blocks it is told always, what helps if anything does. */
    public static Refusal conflict(
            String code, String detail, List<String> blocking, List<String> remedy) {
        return new Refusal(Kind.CONFLICT, code, detail, "", blocking, remedy, List.of());
    }

    /** A value of the body is wrong. */
    public static Refusal invalid(String pointer, String detail) {
        return invalid(pointer, detail, List.of());
    }

    /** A value of the body is wrong, and these were near. */
    public static Refusal invalid(String pointer, String detail, List<String> nearest) {
        return new Refusal(
                Kind.INVALID, "invalid-value", detail, pointer, List.of(), List.of(), nearest);
    }
}

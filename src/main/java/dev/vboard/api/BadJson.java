package dev.vboard.api;

import dev.vboard.api.body.AtInput;
import dev.vboard.api.body.BodyCheck;
import dev.vboard.api.body.DurationInput;
import dev.vboard.api.body.HexOrInt;
import dev.vboard.api.body.IntidInput;
import dev.vboard.api.body.UntilInput;
import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Typo;
import dev.vboard.model.report.WireName;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Says in the contract's words what Jackson did not like: its own name classes. */
final class BadJson {
    /** Types whose readers say what is wrong in words meant for the caller. */
    private static final Set<Class<?>> WELL_SPOKEN = Set.of(
            HexOrInt.class, DurationInput.class, AtInput.class, IntidInput.class, UntilInput.class);

    private BadJson() {}

    /** 400 when it is no JSON, else 422 with the place. */
    static ProblemException problem(JacksonException e, String pointer) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknownField(unknown, pointer);
            case InvalidNullException _ -> wrong(pointer, "must not be null");
            case MismatchedInputException wrong -> wrong(pointer, message(wrong));
            case InputCoercionException _ -> wrong(pointer, "is out of range");
            case StreamConstraintsException _ ->
                wrong(pointer, "is nested too deeply or too long; depth is at most 32");
            case StreamReadException read -> unreadable(read, pointer);
            default -> wrong(pointer, "is not what is expected here");
        };
    }

    private static ProblemException unreadable(StreamReadException e, String pointer) {
        String message = e.getOriginalMessage();
        if (message != null && message.startsWith("Duplicate")) {
            return wrong(pointer, "stands there twice");
        }
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return new ProblemException(ProblemCode.UNREADABLE_JSON.because(
                "the body is not JSON: line " + line + ", column " + column));
    }

    private static ProblemException unknownField(UnrecognizedPropertyException e, String pointer) {
        List<String> known = new ArrayList<>();
        if (e.getKnownPropertyIds() != null) {
            e.getKnownPropertyIds().forEach(name -> known.add(String.valueOf(name)));
        }
        List<String> near = Typo.meant(e.getPropertyName(), known);
        String others =
                known.isEmpty() ? "there are none" : "known are " + String.join(", ", known);
        String message = "there is no such field; "
                + (near.isEmpty() ? others : "did you mean " + String.join(" or ", near) + "?");
        return ProblemException.invalid(List.of(new Violation(pointer, message)), near);
    }

    private static ProblemException wrong(String pointer, String message) {
        return ProblemException.invalid(pointer, message);
    }

    private static String message(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        String original = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        if (original.startsWith("Missing required") || original.startsWith("Missing creator")) {
            return "is required";
        }
        if (original.startsWith("Trailing token")) {
            return "is followed by something else";
        }
        if (type == null) {
            return "is not what is expected here";
        }
        return WELL_SPOKEN.contains(type) ? original : expected(type);
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "must be one of " + String.join(", ", constants(type));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == double.class || type == Double.class) {
            return "must be a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be an integer";
        }
        if (type == String.class) {
            return "must be a string";
        }
        return Collection.class.isAssignableFrom(type) ? "must be an array" : "must be an object";
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> c instanceof WireName named ? named.wire() : ((Enum<?>) c).name())
                .toList();
    }

    /** Where in the body the reader stopped. */
    static String pointer(JacksonException e) {
        if (e instanceof DatabindException bound && !bound.getPath().isEmpty()) {
            String pointer = "";
            for (JacksonException.Reference reference : bound.getPath()) {
                pointer = reference.getPropertyName() == null
                        ? pointer + "/" + reference.getIndex()
                        : BodyCheck.pointer(pointer, reference.getPropertyName());
            }
            return pointer;
        }
        return e.processor() instanceof JsonParser parser && parser.streamReadContext() != null
                ? parser.streamReadContext().pathAsPointer().toString()
                : "";
    }
}

package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A model's report with what the shell adds to it, written as one object.
 *
 * @param report the model's
 * @param revision accepted changes so far
 * @param nowNs virtual time since creation, in ns; left out where the report has it
 * @param events what the call emitted; only of a PSCI call
 * @param pace who moves the clock; only of the clock
 * @param <T> the report's type
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer<T>(
        @JsonUnwrapped T report,
        long revision,
        @Nullable Long nowNs,
        @Nullable List<Event> events,
        @Nullable Pace pace) {

    /** A report with revision and time. */
    public static <T> Answer<T> of(T report, long revision, long nowNs) {
        return new Answer<>(report, revision, nowNs, null, null);
    }
}

package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * An error (RFC 9457), sent as {@code application/problem+json}.
 *
 * @param type where it is described
 * @param title what sort of error it is
 * @param status the HTTP status
 * @param detail what is wrong here
 * @param instance the path of the request
 * @param violations what in a body or parameter is wrong
 * @param code the last segment of the type, for programs
 * @param blocking what stands in the way
 * @param remedy what would end it: a method and a path, or {@code interrupt} and an INTID
 * @param nearest valid values near to what was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<Violation> violations,
        @Nullable String code,
        @Nullable List<String> blocking,
        @Nullable List<String> remedy,
        @Nullable List<String> nearest) {}

package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

import java.util.SortedMap;

/**
 * What {@code PATCH /api/v1/boards/{b}} takes.
 *
 * @param labels set or replaced one by one; {@code null} removes that label
 */
public record BoardPatch(
        @Bounds(max = 64) @Form(BoardCreate.LABEL) @Texts(max = 256)
        SortedMap<String, @Nullable String> labels) {}

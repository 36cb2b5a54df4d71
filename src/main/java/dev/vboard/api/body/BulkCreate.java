package dev.vboard.api.body;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What {@code POST /api/v1/boards:bulk} takes: count, idPrefix and template, or boards.
 *
 * @param count boards to create from the template, 1 to 10000
 * @param idPrefix begins their ids; a zero-padded number follows
 * @param template what they are; its id must be left out
 * @param boards what to create, one by one, 1 to 10000
 */
public record BulkCreate(
        @Bounds(min = 1, max = 10_000) @Nullable Integer count,
        @Form(BulkCreate.PREFIX) @Nullable String idPrefix,
        @Nullable BoardCreate template,
        @Bounds(min = 1, max = 10_000) @Nullable List<BoardCreate> boards) {

    /** The form of the prefix: with a number behind it, it is an id. */
    public static final String PREFIX = "[a-z0-9][-a-z0-9]{0,55}";
}

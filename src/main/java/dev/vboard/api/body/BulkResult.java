package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What {@code POST /api/v1/boards:bulk} did.
 *
 * @param results one per board, in the order of the request
 */
public record BulkResult(List<BulkItem> results) {

    /**
     * What became of one board.
     *
     * @param id its id; left out when it was refused before it had one
     * @param status as the single creation would have answered
     * @param location of the board that was created
     * @param problem why it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BulkItem(
            @Nullable String id,
            int status,
            @Nullable String location,
            @Nullable Problem problem) {}
}

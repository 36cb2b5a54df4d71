package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * What {@code POST .../commands} takes.
 *
 * @param commands executed in this order under one lock, 1 to 10000
 * @param onRefusal what to do after a refusal; stop when left out
 */
public record CommandsRequest(
        @Bounds(min = 1, max = 10_000) List<CommandCall> commands,
        @Nullable OnRefusal onRefusal) {

    /** What to do after a refusal. */
    public enum OnRefusal implements WireName {
        STOP,
        CONTINUE
    }

    /**
     * A call of this API, relative to the board.
     *
     * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
     * @param path below {@code /api/v1/boards/{b}}, query included; empty for the board itself
     * @param body as the call itself takes it
     * @param settle as the call's query parameter
     */
    public record CommandCall(
            @Form("GET|POST|PUT|PATCH|DELETE") String method,
            @Bounds(max = 1024) @Form("([/?].*)?") String path,
            @Nullable JsonNode body,
            @Nullable Boolean settle) {}
}

package dev.vboard.api.body;

import java.util.List;
import java.util.Optional;

/**
 * What {@code POST .../commands} did.
 *
 * @param results one per command that was tried, in order
 * @param executed how many were accepted
 * @param revision accepted changes so far
 * @param nowNs virtual time since creation, in ns
 */
public record CommandsAnswer(List<CommandResult> results, int executed, long revision, long nowNs) {

    /**
     * What one command answered.
     *
     * @param status as the call itself would have answered
     * @param body as the call itself would have answered; a text as a string; empty for none
     */
    public record CommandResult(int status, Optional<Object> body) {}
}

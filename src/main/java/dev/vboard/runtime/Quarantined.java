package dev.vboard.runtime;

/**
 * The board met an error of ours and is not run any more; what it holds cannot be trusted. All
 * other boards live on.
 */
public final class Quarantined extends RuntimeException {
    private final String replayId;

    Quarantined(String replayId) {
        super(replayId, null, false, false);
        this.replayId = replayId;
    }

    /** Under which the log tells what happened. */
    public String replayId() {
        return replayId;
    }
}

package dev.vboard.model.power;

/** What keeps an interrupt from waking the board. */
public enum WakeObstacle {
    /** Nothing: it wakes. */
    NONE,
    /** It is disabled. */
    NOT_ENABLED,
    /** It was handed over and not ended yet. */
    ACTIVE,
    /** It is not aimed at the suspended CPU. */
    WRONG_TARGET,
    /** No power-management node listens to its line. */
    NO_WAKE_NODE,
    /** The node that listens is not armed, as none of its interrupts is enabled. */
    NODE_NOT_ARMED
}

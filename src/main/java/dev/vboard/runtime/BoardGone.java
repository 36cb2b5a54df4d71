package dev.vboard.runtime;

/** The board was deleted while the call waited for it. */
public final class BoardGone extends RuntimeException {
    BoardGone(String id) {
        super(id, null, false, false);
    }
}

package dev.vboard.scenario;

/** A transcript that says something nobody understands, or says it in vain. */
final class BadTranscript extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadTranscript(String message) {
        super(message);
    }
}

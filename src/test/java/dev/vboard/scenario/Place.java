package dev.vboard.scenario;

/** A line of a file, from 1. */
record Place(String file, int line) {
    /** What is wrong there. */
    BadTranscript wrong(String what) {
        return new BadTranscript(this + ": " + what);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}

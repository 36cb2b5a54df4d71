package dev.vboard.api;

/**
 * What a request wants the board's revision to be (RFC 9110, 13.1).
 *
 * @param ifMatch the header, or empty
 * @param ifNoneMatch the header, or empty
 */
record Conditions(String ifMatch, String ifNoneMatch) {
    /** Whatever it is. */
    static final Conditions NONE = new Conditions("", "");

    /** The entity tag of a revision. */
    static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /** Refuses when the caller believes the board to be at another revision. */
    void requireMatch(long revision) {
        requireMatch("board", revision);
    }

    /** Refuses when the caller believes something to be at another revision. */
    void requireMatch(String what, long revision) {
        if (!ifMatch.isEmpty() && !ifMatch.equals("*") && !ifMatch.equals(tag(revision))) {
            throw new ProblemException(ProblemCode.STALE.because(
                    "the " + what + " is at revision " + revision + ", not at " + shown(ifMatch)));
        }
    }

    /** Refuses when the caller believes something to be there that is not. */
    void requireNoMatch(String what) {
        if (!ifMatch.isEmpty()) {
            throw new ProblemException(ProblemCode.STALE.because(
                    "there is no such " + what + ", so it is not at " + shown(ifMatch)));
        }
    }

    /** Refuses a change of what the caller wants changed only if it is not this. */
    void requireUnknown(String what, long revision) {
        if (known(revision)) {
            throw new ProblemException(ProblemCode.STALE.because("the " + what
                    + " is there, at revision " + revision + ", and " + shown(ifNoneMatch)
                    + " stands for it"));
        }
    }

    /** Whether the caller has this revision already. */
    boolean known(long revision) {
        if (ifNoneMatch.isEmpty()) {
            return false;
        }
        if (ifNoneMatch.equals("*")) {
            return true;
        }
        for (String tag : ifNoneMatch.split(",")) {
            String trimmed = tag.trim();
            String strong = trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed;
            if (strong.equals(tag(revision))) {
                return true;
            }
        }
        return false;
    }

    private static String shown(String header) {
        String printable = header.replaceAll("[^\\x20-\\x7e]", "?");
        String text = printable.length() > 80 ? printable.substring(0, 80) + "..." : printable;
        return text.strip();
    }
}

package dev.vboard.model.report;

import java.util.Optional;

/** What an SMCCC call answered. */
public sealed interface SmcccAnswer {

    /**
     * The call came back.
     *
     * @param returned always true
     * @param x0 first result
     * @param x1 second result
     * @param x2 third result
     * @param x3 fourth result
     */
    record SmcccReturn(boolean returned, U64 x0, U64 x1, U64 x2, U64 x3) implements SmcccAnswer {}

    /**
     * The call did not come back.
     *
     * @param returned always false
     * @param exception what the caller took instead, {@code undefined-instruction}; empty when the
     *     call was one that sleeps or ends the caller
     */
    record SmcccNoReturn(boolean returned, Optional<String> exception) implements SmcccAnswer {}
}

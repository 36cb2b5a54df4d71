package dev.vboard.api;

import dev.vboard.api.body.Problem;
import dev.vboard.api.body.Violation;

import java.util.List;

/** The request is answered with a problem. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Something in the body or the parameters is wrong. */
    static ProblemException invalid(List<Violation> violations, List<String> nearest) {
        return new ProblemException(Problems.invalid(violations, nearest));
    }

    /** One thing in the body or the parameters is wrong. */
    static ProblemException invalid(String pointer, String message) {
        return invalid(List.of(new Violation(pointer, message)), List.of());
    }

    /** Nothing is there. */
    static ProblemException notFound(String detail) {
        return new ProblemException(ProblemCode.NOT_FOUND.because(detail));
    }

    Problem problem() {
        return problem;
    }
}

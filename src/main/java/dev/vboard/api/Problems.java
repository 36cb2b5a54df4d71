package dev.vboard.api;

import dev.vboard.api.body.Problem;
import dev.vboard.api.body.Violation;
import dev.vboard.model.core.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Makes problems. Their instance is the request's path, which is only known where they are sent.
 */
final class Problems {
    private static final String BASE = "/problems/";

    private Problems() {}

    static Problem of(
            String code, String title, int status, String detail, @Nullable List<String> blocking) {
        return new Problem(
                BASE + code, title, status, detail, "", null, code, blocking, null, null);
    }

    /** What the server refuses by itself, for example with a 501: no code is made for each. */
    static Problem withStatus(int status, ProblemCode code) {
        return of(code.code(), code.title(), status, code.text(), null);
    }

    /** A body or parameters that are wrong. */
    static Problem invalid(List<Violation> violations, List<String> nearest) {
        ProblemCode kind = ProblemCode.INVALID;
        Violation first = violations.getFirst();
        String where = first.pointer().isEmpty() ? "the body" : first.pointer();
        String more = violations.size() == 1 ? "" : ", and " + (violations.size() - 1) + " more";
        return new Problem(
                BASE + kind.code(),
                kind.title(),
                kind.status(),
                where + ": " + first.message() + more,
                "",
                violations,
                kind.code(),
                null,
                null,
                nearest.isEmpty() ? null : nearest);
    }

    /** A board's refusal. */
    static Problem of(Refusal refusal, String boardPath) {
        return switch (refusal.kind()) {
            case INVALID ->
                invalid(
                        List.of(new Violation(refusal.pointer(), refusal.detail())),
                        refusal.nearest());
            case NOT_FOUND -> of(refusal, ProblemCode.NOT_FOUND, boardPath);
            case CONFLICT -> of(refusal, ProblemCode.CONFLICT, boardPath);
        };
    }

    private static Problem of(Refusal refusal, ProblemCode kind, String boardPath) {
        List<String> remedy =
                refusal.remedy().stream().map(r -> absolute(r, boardPath)).toList();
        return new Problem(
                BASE + refusal.code(),
                title(refusal.code(), kind),
                kind.status(),
                refusal.detail(),
                "",
                null,
                refusal.code(),
                orNull(refusal.blocking()),
                orNull(remedy),
                orNull(refusal.nearest()));
    }

    private static String title(String code, ProblemCode kind) {
        return RefusalCode.named(code)
                .map(RefusalCode::title)
                .or(() -> ProblemCode.named(code).map(ProblemCode::title))
                .orElse(kind.title());
    }

    /** The same problem of a body that stands inside another one. */
    static Problem below(String pointer, Problem problem) {
        List<Violation> violations = problem.violations();
        if (violations == null || pointer.isEmpty()) {
            return problem;
        }
        List<Violation> moved = violations.stream()
                .map(v -> new Violation(pointer + v.pointer(), v.message()))
                .toList();
        return invalid(moved, problem.nearest() == null ? List.of() : problem.nearest());
    }

    /** The same problem, told to whom it concerns. */
    static Problem at(Problem problem, String instance) {
        return new Problem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                instance,
                problem.violations(),
                problem.code(),
                problem.blocking(),
                problem.remedy(),
                problem.nearest());
    }

    /** A board names calls relative to itself: {@code POST /domains/1/resume}. */
    private static String absolute(String remedy, String boardPath) {
        int path = remedy.indexOf(" /");
        return path < 0 || remedy.startsWith("/api/", path + 1)
                ? remedy
                : remedy.substring(0, path + 1) + boardPath + remedy.substring(path + 1);
    }

    private static @Nullable List<String> orNull(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}

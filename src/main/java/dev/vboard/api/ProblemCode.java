package dev.vboard.api;

import dev.vboard.api.body.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the service itself finds wrong; boards have further codes for their refusals. */
enum ProblemCode {
    UNREADABLE_JSON(
            400,
            "Unreadable body",
            "The body is not JSON, or not YAML where that is taken. The detail says where."),
    BAD_REQUEST(400, "Bad request", "The request is not well-formed HTTP, or its path is not."),
    NOT_FOUND(404, "Not found", "Nothing is there: no such path, board, CPU, domain or device."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The path takes the methods of Allow only."),
    NOT_ACCEPTABLE(406, "Not acceptable", "The path answers with nothing that Accept names."),
    CONFLICT(409, "Conflict", "The state of the board does not allow it."),
    LIMIT_REACHED(
            409,
            "Limit reached",
            "A limit of the service or of the board's profile is used up; blocking names it."),
    BOARD_EXISTS(409, "Board exists", "There is a board with that id already."),
    PROFILE_SHIPPED(
            409,
            "Profile is shipped",
            "The profile comes with the service and stays as it is. Extend it under a name of your"
                    + " own."),
    PACED_BY_WALL(
            409,
            "Paced by the wall",
            "The board's clock follows the wall, so a call cannot settle it: leave settle out, or"
                    + " set the pace to manual."),
    EVENTS_GONE(410, "Events gone", "The events to resume after are not kept any more."),
    STALE(
            412,
            "Precondition failed",
            "If-Match does not name the current revision of the board or profile, or If-None-Match"
                    + " does."),
    TOO_LARGE(413, "Too large", "The body is longer than the limit bodySize."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported media type",
            "The body must be declared as application/json, or as what the detail names."),
    INVALID(
            422,
            "Invalid request",
            "The request is readable but wrong; violations say where and why, nearest what may"
                    + " have been meant."),
    KEY_REUSED(422, "Key reused", "The Idempotency-Key was used for another request before."),
    TOO_MANY(
            429,
            "Too many",
            "The service does as much of this as it is allowed to; try again later. Blocking"
                    + " names the limit."),
    QUARANTINED(
            500,
            "Board quarantined",
            "The board met an error of the service and is not run any more. Other boards are not"
                    + " affected. Report the replay id of the detail; delete the board."),
    INTERNAL_ERROR(
            500,
            "Internal error",
            "The service failed. Its log tells more under the request's X-Request-Id."),
    UNAVAILABLE(503, "Unavailable", "The service is starting or stopping.");

    private final int status;
    private final String title;
    private final String text;
    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    ProblemCode(int status, String title, String text) {
        this.status = status;
        this.title = title;
        this.text = text;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String code() {
        return code;
    }

    /** What it means and what to do. */
    String text() {
        return text;
    }

    /** The problem, of a request that is not known here. */
    Problem because(String detail) {
        return because(detail, null);
    }

    /** The problem with what stands in the way. */
    Problem because(String detail, @Nullable List<String> blocking) {
        return Problems.of(code, title, status, detail, blocking);
    }

    static Optional<ProblemCode> named(String code) {
        for (ProblemCode candidate : values()) {
            if (candidate.code.equals(code)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** What there is to say of any problem with that status. */
    static ProblemCode ofStatus(int status) {
        for (ProblemCode candidate : values()) {
            if (candidate.status == status) {
                return candidate == UNREADABLE_JSON ? BAD_REQUEST : candidate;
            }
        }
        // 501 and 505 are about what the client speaks, not about what went wrong here.
        return status == 500 || status == 502 || status == 504 ? INTERNAL_ERROR : BAD_REQUEST;
    }
}

package dev.vboard.api;

import dev.vboard.api.body.Problem;
import dev.vboard.runtime.BoardGone;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.Boards;
import dev.vboard.runtime.Quarantined;
import dev.vboard.runtime.ServiceLimits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of every request from its bytes to its answer's. */
@Component
class Exchange {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final byte[] NO_BYTES = {};
    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final Call.NoBody NO_BODY = new Call.NoBody();

    private final Boards boards;
    private final Idempotency idempotency;
    private final EventStream events;
    private final long bodyLimit;

    Exchange(Boards boards, Idempotency idempotency, EventStream events, ServiceLimits limits) {
        this.boards = boards;
        this.idempotency = idempotency;
        this.events = events;
        bodyLimit = limits.bodySize().toBytes();
    }

    /** Answers a request; what is wrong with it is an answer too. */
    void answer(Route route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String instance = request.getRequestURI();
        Prepared prepared;
        try {
            String mediaType = MediaTypes.choose(request, route.produces())
                    .orElseThrow(() -> new ProblemException(ProblemCode.NOT_ACCEPTABLE.because(
                            "this answers with " + String.join(" or ", route.produces()))));
            if (mediaType.equals(MediaTypes.EVENTS)) {
                Call call = call(route, request, mediaType, NO_BYTES);
                events.follow(board(call), call, request, response);
                return;
            }
            byte[] body = body(route, request);
            String key = request.getHeader("Idempotency-Key");
            prepared = key == null || !route.method().equals("POST")
                    ? safely(route, request, mediaType, body)
                    : once(key, route, request, mediaType, body);
        } catch (ProblemException e) {
            prepared = problem(e.problem(), instance);
        }
        prepared.send(response);
    }

    /** A problem as it is sent. */
    static Prepared problem(Problem problem, String instance) {
        byte[] bytes = Json.write(Problems.at(problem, instance));
        return Prepared.of(problem.status(), MediaTypes.PROBLEM, "", "", bytes);
    }

    private Prepared once(
            String key, Route route, HttpServletRequest request, String mediaType, byte[] body)
            throws IOException {
        String query = request.getQueryString();
        String address = request.getRequestURI() + (query == null ? "" : "?" + query);
        Optional<Prepared> earlier =
                idempotency.begin(key, Idempotency.digest(route.method(), address, body));
        if (earlier.isPresent()) {
            return earlier.get().asReplay();
        }
        Optional<Prepared> answer = Optional.empty();
        try {
            Prepared made = safely(route, request, mediaType, body).inMemory();
            boolean lasting = made.status() < 500 && made.status() != 429;
            answer = lasting ? Optional.of(made) : Optional.empty();
            return made;
        } finally {
            idempotency.finish(key, answer);
        }
    }

    /** Answers with a problem whatever goes wrong, so that it can be told apart and repeated. */
    private Prepared safely(
            Route route, HttpServletRequest request, String mediaType, byte[] body) {
        String instance = request.getRequestURI();
        try {
            return answer(call(route, request, mediaType, body));
        } catch (ProblemException e) {
            return problem(e.problem(), instance);
        } catch (BoardGone e) {
            return problem(ProblemCode.NOT_FOUND.because("the board was deleted"), instance);
        } catch (Quarantined e) {
            return problem(quarantined(e), instance);
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.getMethod(), instance, e);
            return problem(ProblemCode.INTERNAL_ERROR.because("the service failed"), instance);
        }
    }

    static Problem quarantined(Quarantined e) {
        String detail = "the board is quarantined; replay id " + e.replayId();
        return ProblemCode.QUARANTINED.because(detail);
    }

    private Prepared answer(Call call) {
        return switch (call.route().work()) {
            case Route.OnService work -> prepared(work.answer(call), "");
            case Route.OnBoard work -> onBoard(work, call);
            case Route.Following work -> onBoard(work.once(), call);
        };
    }

    private Prepared onBoard(Route.OnBoard work, Call call) {
        boolean reads = call.route().reads();
        record Answered(Optional<Reply> reply, long revision) {}
        Answered answered = board(call).exclusively(turn -> {
            call.conditions().requireMatch(turn.revision());
            Reply reply = work.answer(turn, call);
            // What is refused is refused to those who know the board, too (RFC 9110, 13.2.1).
            boolean known = reads && call.conditions().known(turn.revision());
            return new Answered(known ? Optional.empty() : Optional.of(reply), turn.revision());
        });
        String tag = Conditions.tag(answered.revision());
        return answered.reply()
                .map(reply -> prepared(reply, tag))
                .orElseGet(() -> Prepared.empty(304, "", tag));
    }

    private static Prepared prepared(Reply reply, String boardTag) {
        String tag = reply.revision() >= 0 ? Conditions.tag(reply.revision()) : boardTag;
        return switch (reply.content()) {
            case Reply.Empty _ -> Prepared.empty(reply.status(), reply.location(), tag);
            case Reply.Document document -> {
                byte[] bytes = Json.write(document.value());
                yield Prepared.of(reply.status(), MediaTypes.JSON, reply.location(), tag, bytes);
            }
            case Reply.Text text -> {
                byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
                yield Prepared.of(reply.status(), text.mediaType(), "", tag, bytes);
            }
            case Reply.Stream stream ->
                Prepared.streamed(reply.status(), stream.mediaType(), stream.writer());
        };
    }

    private BoardRuntime board(Call call) {
        return boards.find(call.boardId())
                .orElseThrow(
                        () -> ProblemException.notFound("there is no board " + call.boardId()));
    }

    private Call call(Route route, HttpServletRequest request, String mediaType, byte[] body) {
        String query = request.getQueryString();
        List<String> variables = variables(route, request);
        if (route.onBoard() && boards.find(variables.getFirst()).isEmpty()) {
            throw ProblemException.notFound("there is no board " + variables.getFirst());
        }
        Parameters parameters = route.parse(query == null ? "" : query);
        Conditions conditions = conditions(request);
        Record content =
                route.body() == Call.RawDocument.class ? raw(request, body) : read(route, body);
        return new Call(route, variables, parameters, conditions, mediaType, content);
    }

    private static Conditions conditions(HttpServletRequest request) {
        String match = request.getHeader("If-Match");
        String noneMatch = request.getHeader("If-None-Match");
        return match == null && noneMatch == null
                ? Conditions.NONE
                : new Conditions(orEmpty(match), orEmpty(noneMatch));
    }

    private static String orEmpty(@Nullable String header) {
        return header == null ? "" : header.strip();
    }

    @SuppressWarnings("unchecked") // the attribute is Spring's, of this type by its contract
    private static List<String> variables(Route route, HttpServletRequest request) {
        if (request.getAttribute(RouteMapping.MATCH) instanceof Router.Match match) {
            return match.variables();
        }
        Map<String, String> byName = (Map<String, String>)
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        List<String> variables = new ArrayList<>();
        route.variables().forEach(name -> variables.add(byName.getOrDefault(name, "")));
        return variables;
    }

    private byte[] body(Route route, HttpServletRequest request) throws IOException {
        if (route.reads() || route.method().equals("DELETE")) {
            return NO_BYTES;
        }
        if (request.getContentLengthLong() > bodyLimit) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes((int) bodyLimit + 1);
        if (body.length > bodyLimit) {
            throw tooLarge();
        }
        if (body.length > 0 && !MediaTypes.is(request.getContentType(), route.consumes())) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE.because(
                    "the body must be declared as " + String.join(" or ", route.consumes())));
        }
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && body.length > 0 && !coding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE.because(
                    "the body must have no Content-Encoding"));
        }
        return body;
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemCode.TOO_LARGE.because(
                "the body is longer than " + bodyLimit + " bytes", List.of("bodySize")));
    }

    private static Record raw(HttpServletRequest request, byte[] body) {
        if (body.length == 0) {
            throw noBody();
        }
        boolean json = MediaTypes.isJson(request.getContentType());
        return new Call.RawDocument(new String(body, StandardCharsets.UTF_8), json);
    }

    private static ProblemException noBody() {
        return new ProblemException(
                ProblemCode.UNREADABLE_JSON.because("there is no body, but one is needed"));
    }

    static Record read(Route route, byte[] body) {
        if (body.length > 0) {
            return Json.read(body, route.body());
        }
        if (route.bodyNeeded()) {
            throw noBody();
        }
        return route.body() == Call.NoBody.class ? NO_BODY : Json.read(EMPTY_OBJECT, route.body());
    }
}

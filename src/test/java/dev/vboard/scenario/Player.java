package dev.vboard.scenario;

import dev.vboard.http.Client;
import dev.vboard.http.Exchanged;
import dev.vboard.scenario.Transcript.About;
import dev.vboard.scenario.Transcript.Answer;
import dev.vboard.scenario.Transcript.Expectation;
import dev.vboard.scenario.Transcript.Happens;
import dev.vboard.scenario.Transcript.Keep;
import dev.vboard.scenario.Transcript.On;
import dev.vboard.scenario.Transcript.Repeat;
import dev.vboard.scenario.Transcript.Request;
import dev.vboard.scenario.Transcript.Step;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Does what a transcript says, and fails when something is not as it expects. */
final class Player {
    /** The board that forks are made of. */
    static final String ORIGIN = "origin";

    private static final String BOARDS = "/api/v1/boards";
    private static final int PAGE = 1000;

    private final Client http;
    private final Transcript transcript;
    private final Variables variables;
    private final String origin;
    private final Recorder recorder;

    /** Known bugs that the board has from the start. */
    private final List<String> hazards;

    /** Events seen of each board. */
    private final SortedMap<String, Long> seen = new TreeMap<>();

    private String board;

    /**
     * Prepares to play.
     *
     * @param board the row of the table
     * @param recorder is told what answers really are
     */
    Player(Client http, Transcript transcript, BoardTable table, String board, Recorder recorder) {
        this(http, transcript, table, board, recorder, List.of());
    }

    /** As above, on a board with known bugs. */
    Player(
            Client http,
            Transcript transcript,
            BoardTable table,
            String board,
            Recorder recorder,
            List<String> hazards) {
        this.hazards = hazards;
        this.http = http;
        this.transcript = transcript;
        this.recorder = recorder;
        variables = table.variables(transcript, board);
        origin = transcript.id().toLowerCase(Locale.ROOT) + "-" + board;
        this.board = origin;
    }

    void play() {
        transcript.steps().forEach(this::play);
    }

    private void play(Step step) {
        switch (step) {
            case Request request -> make(request);
            case On on -> board = boardNamed(on.name());
            case Repeat repeat -> {
                for (int i = 0; i < repeat.times(); i++) {
                    repeat.steps().forEach(this::play);
                }
            }
        }
    }

    private String boardNamed(String name) {
        return name.equals(ORIGIN) ? origin : origin + "-" + name;
    }

    private void make(Request request) {
        Exchanged exchanged = switch (request.about()) {
            case NEW_BOARD -> http.send("POST", BOARDS, newBoard(request));
            case FORK -> fork(request);
            case BOARD -> {
                String target = BOARDS + "/" + board + variables.in(request.path());
                yield http.send(request.method(), target, body(request));
            }
        };
        List<JsonNode> events = reads(request) ? List.of() : newEvents();
        Answers answers = new Answers(exchanged, events, variables, recorder);
        request.expected().forEach(expectation -> check(expectation, answers));
        answers.end();
        if (request.about() == About.NEW_BOARD) {
            String flavour = Json.read(exchanged.body()).path("flavour").asString("");
            if (!flavour.equals(transcript.flavour())) {
                throw new AssertionError(request.place() + ": the flavour is " + flavour);
            }
        }
    }

    private static boolean reads(Request request) {
        return request.method().equals("GET") || request.about() == About.FORK;
    }

    private String body(Request request) {
        String body = request.body();
        return body.isEmpty() ? "" : variables.in(Json.read(body)).toString();
    }

    private String newBoard(Request request) {
        ObjectNode body = (ObjectNode) variables.in(Json.read(request.body()));
        if (!hazards.isEmpty()) {
            ArrayNode ids = Json.array();
            hazards.forEach(ids::add);
            ((ObjectNode) body.path("xen")).set("hazards", ids);
        }
        return body.put("id", board).toString();
    }

    private Exchanged fork(Request request) {
        String id = boardNamed(request.path());
        seen.put(id, seen.getOrDefault(board, 0L));
        String body = Json.object().put("id", id).toString();
        return http.send("POST", BOARDS + "/" + board + "/fork", body);
    }

    private static void check(Expectation expectation, Answers answers) {
        switch (expectation) {
            case Answer answer -> answers.check(answer);
            case Happens happens -> answers.check(happens);
            case Keep keep -> answers.keep(keep);
        }
    }

    /** What has happened on the board since it was last asked. */
    private List<JsonNode> newEvents() {
        List<JsonNode> events = new ArrayList<>();
        long after = seen.getOrDefault(board, 0L);
        JsonNode page;
        do {
            String query = "/events?after=" + after + "&limit=" + PAGE;
            Exchanged exchanged = http.send("GET", BOARDS + "/" + board + query, "");
            page = Json.read(exchanged.body());
            if (exchanged.status() != 200) {
                throw new AssertionError("events: " + exchanged);
            }
            page.path("items").forEach(events::add);
            after = events.isEmpty() ? after : events.getLast().path("seq").asLong();
        } while (!page.path("next").equals(NullNode.getInstance()));
        seen.put(board, after);
        return events;
    }
}

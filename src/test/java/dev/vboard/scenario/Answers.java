package dev.vboard.scenario;

import dev.vboard.http.Exchanged;
import dev.vboard.scenario.Transcript.Answer;
import dev.vboard.scenario.Transcript.Console;
import dev.vboard.scenario.Transcript.EventPattern;
import dev.vboard.scenario.Transcript.Fields;
import dev.vboard.scenario.Transcript.Happens;
import dev.vboard.scenario.Transcript.Keep;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What came of one request, held against what is expected of it, one expectation after another. */
final class Answers {
    private final Exchanged exchanged;
    private final JsonNode answer;
    private final List<JsonNode> events;
    private final Variables variables;
    private final Recorder recorder;

    /** Events up to here are accounted for. */
    private int passed;

    /** The events that were named, by their place. */
    private final SortedSet<Integer> named = new TreeSet<>();

    /** The line that says what is answered. */
    private Optional<Place> asked = Optional.empty();

    /** What must not happen before the next expected event. */
    private final List<Happens> unwanted = new ArrayList<>();

    Answers(Exchanged exchanged, List<JsonNode> events, Variables variables, Recorder recorder) {
        this.exchanged = exchanged;
        this.events = events;
        this.variables = variables;
        this.recorder = recorder;
        answer = exchanged.body().length == 0
                ? MissingNode.getInstance()
                : Json.read(exchanged.body());
    }

    void check(Answer expected) {
        List<String> differences = new ArrayList<>();
        if (expected.status() != exchanged.status()) {
            differences.add("expected " + expected.status() + ", was " + exchanged.status());
        }
        if (!expected.json().isEmpty()) {
            JsonNode json = variables.in(Json.read(expected.json()));
            differences.addAll(Match.differences(json, answer));
        }
        if (!differences.isEmpty()
                && !recorder.record(expected, exchanged.status(), answer, variables)) {
            throw new AssertionError(
                    expected.place() + ": " + String.join("\n  ", differences) + "\n" + exchanged);
        }
        asked = Optional.of(expected.place());
    }

    void keep(Keep keep) {
        JsonNode value = answer.at(variables.in(keep.pointer()));
        if (value.isMissingNode() || value.isNull()) {
            throw new AssertionError(
                    keep.place() + ": there is no " + keep.pointer() + " in " + exchanged);
        }
        variables.set(keep.name(), value);
    }

    void check(Happens happens) {
        if (happens.absent()) {
            unwanted.add(happens);
            return;
        }
        for (int i = passed; i < events.size(); i++) {
            if (matches(happens.pattern(), events.get(i))) {
                refuseUnwanted(i);
                passed = i + 1;
                named.add(i);
                return;
            }
        }
        throw new AssertionError(happens.place() + ": has not happened; since the event before it "
                + "there were only" + shown(events.subList(passed, events.size())));
    }

    /** All expectations have been told: what should never happen must be among them. */
    void end() {
        refuseUnwanted(events.size());
        for (int i = 0; i < events.size(); i++) {
            String type = events.get(i).path("type").asString();
            boolean wrong = type.equals("invariant-violated") || type.equals("quarantined");
            if (wrong && !named.contains(i)) {
                throw new AssertionError(asked.orElseThrow() + ": " + events.get(i));
            }
        }
    }

    private void refuseUnwanted(int end) {
        for (Happens happens : unwanted) {
            for (JsonNode event : events.subList(passed, end)) {
                if (matches(happens.pattern(), event)) {
                    throw new AssertionError(happens.place() + ": has happened: " + event);
                }
            }
        }
        unwanted.clear();
    }

    private boolean matches(EventPattern pattern, JsonNode event) {
        return switch (pattern) {
            case Fields fields ->
                Match.differences(variables.in(Json.read(fields.json())), event).isEmpty();
            case Console console ->
                event.path("type").asString().equals("console")
                        && line(variables.in(console.text()), event.path("text").asString(""));
        };
    }

    private static boolean line(String expected, String text) {
        boolean expression =
                expected.length() > 1 && expected.startsWith("/") && expected.endsWith("/");
        if (expression) {
            return text.matches(expected.substring(1, expected.length() - 1));
        }
        return expected.isEmpty() || text.equals(expected);
    }

    private static String shown(List<JsonNode> events) {
        return events.stream().map(event -> "\n  " + event).collect(Collectors.joining());
    }
}

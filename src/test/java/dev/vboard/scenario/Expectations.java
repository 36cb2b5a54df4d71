package dev.vboard.scenario;

import dev.vboard.model.core.EventType;
import dev.vboard.model.core.EventType.Field;
import dev.vboard.scenario.Transcript.Answer;
import dev.vboard.scenario.Transcript.Console;
import dev.vboard.scenario.Transcript.EventPattern;
import dev.vboard.scenario.Transcript.Expectation;
import dev.vboard.scenario.Transcript.Fields;
import dev.vboard.scenario.Transcript.Happens;
import dev.vboard.scenario.Transcript.Keep;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Reads what is expected of one request. */
final class Expectations {
    private final TranscriptReader reader;
    private final TextLine request;
    private final List<Expectation> expected = new ArrayList<>();

    Expectations(TranscriptReader reader, TextLine request) {
        this.reader = reader;
        this.request = request;
    }

    /** All of them; a request of which nothing is expected is refused. */
    List<Expectation> all() {
        if (expected.isEmpty()) {
            throw request.wrong("nothing is expected");
        }
        return expected;
    }

    void add(TextLine line) {
        String word = line.word();
        if (expected.isEmpty() != word.matches("[1-5][0-9]{2}")) {
            throw line.wrong("first, and only first, comes the status of the answer");
        }
        if (expected.isEmpty()) {
            expected.add(answer(line));
        } else if (word.equals("keep")) {
            expected.add(keep(line));
        } else if (request.word().equals("GET")) {
            throw line.wrong("nothing happens when one reads");
        } else {
            expected.add(happens(line));
        }
    }

    private Answer answer(TextLine line) {
        String json = line.rest();
        if (!json.isEmpty()) {
            checkJson(line, json);
        } else if (request.word().equals("GET")) {
            throw line.wrong("it is read for something");
        }
        return new Answer(line.place(), Integer.parseInt(line.word()), json);
    }

    private Keep keep(TextLine line) {
        String[] parts = line.rest().split(" = ");
        if (parts.length != 2 || !parts[1].startsWith("/")) {
            throw line.wrong("keep name = /pointer");
        }
        reader.use(line, parts[1]);
        reader.keep(line, parts[0]);
        return new Keep(line.place(), parts[0], parts[1]);
    }

    private Happens happens(TextLine line) {
        boolean absent = line.word().equals("no");
        String text = absent ? line.rest() : line.text();
        int blank = text.indexOf(' ');
        String word = blank < 0 ? text : text.substring(0, blank);
        String rest = blank < 0 ? "" : text.substring(blank + 1).strip();
        EventPattern pattern = switch (word) {
            case "event" -> fields(line, rest);
            case "console" -> console(line, rest);
            default -> throw line.wrong("unknown word " + word);
        };
        return new Happens(line.place(), absent, pattern);
    }

    private Fields fields(TextLine line, String json) {
        checkJson(line, json);
        JsonNode fields = Json.read(json);
        String name = fields.path("type").asString("");
        Optional<EventType> type = Stream.of(EventType.values())
                .filter(one -> one.wire().equals(name))
                .findFirst();
        if (type.isEmpty()) {
            throw line.wrong("no such type of event");
        }
        SortedSet<String> allowed = new TreeSet<>(List.of("type", "seq", "timeNs"));
        type.get().fields().stream().map(Field::wire).forEach(allowed::add);
        allowed.add(type.get().text().wire());
        if (!allowed.containsAll(fields.propertyNames())) {
            throw line.wrong("the event has only " + allowed);
        }
        return new Fields(json);
    }

    private Console console(TextLine line, String text) {
        reader.use(line, text);
        if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
            try {
                Pattern.compile(text.substring(1, text.length() - 1));
            } catch (PatternSyntaxException e) {
                throw line.wrong(e.getDescription());
            }
        }
        return new Console(text);
    }

    private void checkJson(TextLine line, String json) {
        reader.json(line, json);
        String unknown = Match.unknownWord(Json.read(json));
        if (!unknown.isEmpty()) {
            throw line.wrong("unknown word " + unknown);
        }
    }
}

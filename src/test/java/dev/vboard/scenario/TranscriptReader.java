package dev.vboard.scenario;

import dev.vboard.scenario.Transcript.About;
import dev.vboard.scenario.Transcript.Expectation;
import dev.vboard.scenario.Transcript.On;
import dev.vboard.scenario.Transcript.Repeat;
import dev.vboard.scenario.Transcript.Request;
import dev.vboard.scenario.Transcript.Step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads transcripts; refuses every word it does not know. */
final class TranscriptReader {
    /** Names that every scenario may use besides those of {@code boards.txt}. */
    static final List<String> OWN_NAMES = List.of("flavour", "board");

    private static final Pattern ID = Pattern.compile("[A-Z]+[0-9]*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> HEADER = List.of("scenario:", "flavour:", "boards:");

    private final UnaryOperator<String> files;
    private final SortedSet<String> known;
    private final SortedSet<String> kept = new TreeSet<>();
    private final SortedSet<String> used = new TreeSet<>();
    private final SortedSet<String> forks = new TreeSet<>();
    private final Map<String, TextLine> header = new HashMap<>();

    private TranscriptReader(SortedSet<String> names, UnaryOperator<String> files) {
        this.files = files;
        known = new TreeSet<>(names);
        known.addAll(OWN_NAMES);
    }

    /**
     * Reads a scenario.
     *
     * @param names that {@code boards.txt} gives values
     * @param files content of a file by its name
     */
    static Transcript read(String file, SortedSet<String> names, UnaryOperator<String> files) {
        return new TranscriptReader(names, files).transcript(file);
    }

    private Transcript transcript(String file) {
        Place top = new Place(file, 1);
        List<TextLine> lines = TextLine.of(file, files.apply(file));
        List<Step> steps = steps(new Lines(lines), false);
        for (String word : HEADER) {
            if (!header.containsKey(word)) {
                throw top.wrong("there must be a line " + word);
            }
        }
        String id = header("scenario:");
        if (!ID.matcher(id).matches()) {
            throw top.wrong("an id looks like S5, not like " + id);
        }
        List<String> boards = List.of(header("boards:").split(", *"));
        boolean begins = !steps.isEmpty()
                && steps.getFirst() instanceof Request first
                && first.about() == About.NEW_BOARD;
        if (!begins) {
            throw top.wrong("the first step makes the board");
        }
        SortedSet<String> vain = new TreeSet<>(kept);
        vain.removeAll(used);
        if (!vain.isEmpty()) {
            throw top.wrong("kept, yet never used: " + vain);
        }
        return new Transcript(id, header("flavour:"), boards, steps);
    }

    private String header(String word) {
        return Objects.requireNonNull(header.get(word)).rest();
    }

    /** Lines that are taken one by one. */
    private static final class Lines {
        private final List<TextLine> all;
        private int next;

        Lines(List<TextLine> all) {
            this.all = all;
        }

        boolean more() {
            return next < all.size();
        }

        boolean indentedNext() {
            return more() && all.get(next).indented();
        }

        TextLine take() {
            return all.get(next++);
        }
    }

    private List<Step> steps(Lines lines, boolean repeated) {
        List<Step> steps = new ArrayList<>();
        while (lines.more()) {
            TextLine line = lines.take();
            if (line.indented()) {
                throw line.wrong("this says something about nothing");
            }
            String word = line.word();
            if (repeated && word.equals("end")) {
                return steps;
            }
            step(line, lines, steps, repeated);
        }
        if (repeated) {
            throw new BadTranscript("a repeat without its end");
        }
        return steps;
    }

    private void step(TextLine line, Lines lines, List<Step> steps, boolean repeated) {
        String word = line.word();
        if (HEADER.contains(word)) {
            if (line.rest().isEmpty() || header.put(word, line) != null) {
                throw line.wrong("once, and with a value");
            }
        } else if (word.equals("include")) {
            String file = line.rest();
            steps.addAll(steps(new Lines(TextLine.of(file, files.apply(file))), false));
        } else if (word.equals("repeat") && !repeated) {
            if (!line.rest().matches("[1-9][0-9]{0,2}")) {
                throw line.wrong("repeat how often?");
            }
            int times = Integer.parseInt(line.rest());
            steps.add(new Repeat(line.place(), times, steps(lines, true)));
        } else if (word.equals("on")) {
            steps.add(on(line));
        } else {
            steps.add(request(line, lines));
        }
    }

    private Step on(TextLine line) {
        if (!forks.contains(line.rest()) && !line.rest().equals(Player.ORIGIN)) {
            throw line.wrong("there is no such fork");
        }
        return new On(line.place(), line.rest());
    }

    private Request request(TextLine line, Lines lines) {
        Expectations reader = new Expectations(this, line);
        while (lines.indentedNext()) {
            reader.add(lines.take());
        }
        List<Expectation> expected = reader.all();
        String word = line.word();
        String rest = line.rest();
        if (word.equals("board")) {
            json(line, rest);
            return new Request(line.place(), About.NEW_BOARD, "POST", "", rest, expected);
        }
        if (word.equals("fork")) {
            if (!NAME.matcher(rest).matches() || !forks.add(rest)) {
                throw line.wrong("a fork needs a name of its own");
            }
            return new Request(line.place(), About.FORK, "POST", rest, "", expected);
        }
        if (!METHODS.contains(word)) {
            throw line.wrong("unknown word " + word);
        }
        int blank = rest.indexOf(' ');
        String path = blank < 0 ? rest : rest.substring(0, blank);
        String body = blank < 0 ? "" : rest.substring(blank + 1).strip();
        if (!path.startsWith("/")) {
            throw line.wrong("a path begins with a slash");
        }
        use(line, path);
        if (!body.isEmpty()) {
            json(line, body);
        }
        String below = path.equals("/") ? "" : path;
        return new Request(line.place(), About.BOARD, word, below, body, expected);
    }

    /** Notes the names a text refers to; each must have got a value before. */
    void use(TextLine line, String text) {
        for (String name : Variables.namesIn(text)) {
            if (!known.contains(name)) {
                throw line.wrong("${" + name + "} has no value");
            }
            used.add(name);
        }
        if (text.replaceAll("\\$\\{[a-z0-9-]+}", "").contains("${")) {
            throw line.wrong("a name has small letters, digits and dashes");
        }
    }

    /** Checks that a text is JSON and refers to names that have a value. */
    void json(TextLine line, String text) {
        use(line, text);
        try {
            Json.read(text);
        } catch (tools.jackson.core.JacksonException e) {
            throw line.wrong("no JSON, " + e.getOriginalMessage());
        }
    }

    /** From here on there is a value under that name. */
    void keep(TextLine line, String name) {
        if (!NAME.matcher(name).matches() || known.contains(name) && !kept.contains(name)) {
            throw line.wrong("a kept value needs a name of its own");
        }
        known.add(name);
        kept.add(name);
    }
}

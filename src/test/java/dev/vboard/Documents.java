package dev.vboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of the project: which there are, and what stands in their fences and links. */
final class Documents {
    /** The tag of a block that is executed. */
    static final String RUN = "sh run";

    /** The tag of the block after it: what it answers. */
    static final String OUTPUT = "json output";

    /** Likewise, where the answer is plain text. */
    static final String TEXT = "text output";

    /** The tags a fence may have; a misspelt one would be skipped silently. */
    private static final Set<String> TAGS =
            Set.of(RUN, OUTPUT, TEXT, "sh", "json", "yaml", "java", "text");

    private static final Pattern FENCE = Pattern.compile(" {0,3}```+ *(.*?) *");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CURL = Pattern.compile("(?m)^\\s*curl\\s");

    private Documents() {}

    /**
     * A fenced block.
     *
     * @param line where its first fence stands, from 1
     * @param tag what follows the back-ticks
     * @param text what it holds
     */
    record Block(String document, int line, String tag, String text) {
        String place() {
            return document + ":" + line;
        }
    }

    /** A block that is executed, and what it must answer. */
    record Example(Block call, Block answer) {}

    /** The texts of all documents by path. */
    static SortedMap<String, String> all() {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> below = Files.walk(Path.of("docs"))) {
            Stream.concat(top, below)
                    .filter(path -> path.toString().endsWith(".md"))
                    .forEach(path -> texts.put(path.toString(), read(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String document, String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int opened = -1;
        String tag = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            if (opened < 0) {
                opened = i;
                tag = fence.group(1);
            } else {
                String inside = String.join("\n", lines.subList(opened + 1, i));
                blocks.add(new Block(document, opened + 1, tag, inside));
                opened = -1;
            }
        }
        if (opened >= 0) {
            throw new AssertionError(document + ":" + (opened + 1) + " a fence is not closed");
        }
        return blocks;
    }

    /** The executed blocks of a document, each with the block that follows it. */
    static List<Example> examples(List<Block> blocks) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).tag().equals(RUN)) {
                examples.add(new Example(blocks.get(i), blocks.get(i + 1)));
            }
        }
        return examples;
    }

    private static boolean shows(Block block) {
        return block.tag().equals(OUTPUT) || block.tag().equals(TEXT);
    }

    /** Blocks that look executed or compared and are not. */
    static List<String> complaints(List<Block> blocks) {
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean runs = block.tag().equals(RUN);
            boolean afterRun = i > 0 && blocks.get(i - 1).tag().equals(RUN);
            boolean answered = i + 1 < blocks.size() && shows(blocks.get(i + 1));
            if (!TAGS.contains(block.tag())) {
                complaints.add(block.place() + " has the tag '" + block.tag() + "'");
            }
            if (runs && !answered) {
                complaints.add(block.place() + " is executed, but no output follows");
            }
            if (shows(block) && !afterRun) {
                complaints.add(block.place() + " is the output of nothing");
            }
            if (!runs && CURL.matcher(block.text()).find()) {
                complaints.add(block.place() + " shows a call that nobody executes");
            }
        }
        return complaints;
    }

    /** Links of a document to files that are not there. */
    static List<String> brokenLinks(Map.Entry<String, String> document) {
        Path path = Path.of(document.getKey());
        Path folder = path.getParent() == null ? Path.of("") : path.getParent();
        List<String> broken = new ArrayList<>();
        Matcher link = LINK.matcher(document.getValue());
        while (link.find()) {
            String target = link.group(1).replaceFirst("#.*", "");
            boolean ours = !target.contains("://") && !target.isEmpty();
            if (ours && !Files.exists(folder.resolve(target))) {
                broken.add(document.getKey() + " links " + target);
            }
        }
        return broken;
    }
}

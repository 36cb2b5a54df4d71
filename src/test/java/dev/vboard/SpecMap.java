package dev.vboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of docs/spec-map.md, and what does not agree with the code it maps. */
final class SpecMap {
    private static final Pattern TRAP_TEST =
            Pattern.compile("void (psci|gic|dev)(T\\d+)(_\\w+)\\(");
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern TRAP_NAME = Pattern.compile("`((?:psci|gic|dev)T\\d+_\\w+)`");

    private final String text;

    /** Table rows by what their first cell holds, without back-ticks. */
    private final Map<String, List<String>> rows = new HashMap<>();

    SpecMap(String text) {
        this.text = text;
        for (String line : text.lines().toList()) {
            if (line.startsWith("| ")) {
                String key = line.substring(2, line.indexOf(" |", 2)).replace("`", "");
                rows.computeIfAbsent(key, _ -> new ArrayList<>()).add(line);
            }
        }
    }

    /** Says which of these have no row, or more than one. */
    List<String> withoutRow(List<String> keys) {
        return keys.stream()
                .filter(key -> rows.getOrDefault(key, List.of()).size() != 1)
                .map(key -> key + " has " + rows.getOrDefault(key, List.of()).size() + " rows")
                .toList();
    }

    /** Says which trap tests are not named in the row of their trap; they come by source file. */
    List<String> unnamedTrapTests(Map<String, String> sources) {
        List<String> complaints = new ArrayList<>();
        trapTests(sources).forEach((method, trap) -> {
            String row = String.join("", rows.getOrDefault(trap, List.of()));
            if (!row.contains("`" + method + "`")) {
                complaints.add("the row of " + trap + " does not name " + method);
            }
        });
        return complaints;
    }

    /** Says which tests and members are named that do not exist. */
    List<String> unknownNames(Map<String, String> sources) {
        Map<String, String> byClass = new HashMap<>();
        sources.forEach((path, source) ->
                byClass.put(Path.of(path).getFileName().toString().replace(".java", ""), source));
        List<String> complaints = new ArrayList<>();
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            String source = byClass.getOrDefault(member.group(1), "");
            if (!Pattern.compile("\\w " + member.group(2) + "\\(")
                    .matcher(source)
                    .find()) {
                complaints.add("there is no " + member.group());
            }
        }
        Matcher type = TEST_CLASS.matcher(text);
        while (type.find()) {
            if (!byClass.containsKey(type.group(1))) {
                complaints.add("there is no " + type.group());
            }
        }
        Map<String, String> traps = trapTests(sources);
        Matcher trap = TRAP_NAME.matcher(text);
        while (trap.find()) {
            if (!traps.containsKey(trap.group(1))) {
                complaints.add("there is no " + trap.group());
            }
        }
        return complaints;
    }

    /** The trap each trap test guards against. */
    static Map<String, String> trapTests(Map<String, String> sources) {
        Map<String, String> traps = new TreeMap<>();
        for (String source : sources.values()) {
            Matcher method = TRAP_TEST.matcher(source);
            while (method.find()) {
                String name = method.group(1) + method.group(2) + method.group(3);
                String page = method.group(1).toUpperCase(Locale.ROOT);
                traps.put(name, page + "-" + method.group(2));
            }
        }
        return traps;
    }

    /** The sources of the product and of its tests by path. */
    static Map<String, String> sources() throws java.io.IOException {
        Map<String, String> sources = new TreeMap<>();
        try (var files = Files.walk(Path.of("src"))) {
            files.filter(path -> path.toString().endsWith(".java"))
                    .forEach(path -> sources.put(path.toString(), Documents.read(path)));
        }
        return sources;
    }
}

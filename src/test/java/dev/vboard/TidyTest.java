package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Every source of the product and of its tests is short, named and finished. */
class TidyTest {

    private static final List<String> JAVA =
            List.of("src/main/java", "src/test/java", "src/bench/java");

    /** Where people read and write text; what is not there yet is not looked at. */
    private static final List<String> TEXT =
            List.of("src", "openapi", "helm", "docs", "examples", ".ci", "pom.xml", "Dockerfile");

    @Test
    void filesAreShort() throws IOException {
        assertThat(complaints(java(), Tidy::longFile)).isEmpty();
    }

    @Test
    void linesAreShort() throws IOException {
        assertThat(complaints(java(), Tidy::longLines)).isEmpty();
    }

    @Test
    void methodsAreShortAndTypesHaveASubject() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Path file : java()) {
            sources.put(file.toString(), Files.readString(file));
        }
        assertThat(Tidy.structure(sources)).isEmpty();
    }

    @Test
    void nothingIsPutOff() throws IOException {
        List<Path> files = new ArrayList<>(below(TEXT, ""));
        files.addAll(markdown());
        assertThat(files).hasSizeGreaterThan(java().size());
        assertThat(complaints(files, Tidy::putOffWork)).isEmpty();
    }

    @Test
    void testsNeitherSleepNorSkip() throws IOException {
        List<Path> tests = below(List.of("src/test/java"), ".java");
        assertThat(tests).isNotEmpty();
        assertThat(complaints(tests, Tidy::sleepingOrSkippedTests)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<Path> packages = below(List.of("src/main/java"), "package-info.java");
        assertThat(packages).isNotEmpty();
        assertThat(complaints(packages, Tidy::unexplainedPackage)).isEmpty();
    }

    @Test
    void aFileALineAndAMethodThatAreTooLongAreSeen() {
        String fits = "x\n".repeat(400);
        assertThat(Tidy.longFile("F", fits)).isEmpty();
        assertThat(Tidy.longFile("F", fits + "x\n")).containsExactly("F has 401 lines");

        assertThat(Tidy.longLines("F", "é".repeat(100))).isEmpty();
        assertThat(Tidy.longLines("F", "ok\n" + "x".repeat(101)))
                .containsExactly("F:2 has 101 columns");

        assertThat(structureOf(method(58))).isEmpty();
        assertThat(structureOf(method(59))).containsExactly("F:2 run has 61 lines");
        assertThat(structureOf("class A { Runnable r = () -> {" + "\n".repeat(60) + "}; }"))
                .containsExactly("F:1 a lambda has 61 lines");
        assertThat(structureOf(method(59).replace("void run", "A"))).hasSize(1);
    }

    private static String method(int statements) {
        return "class A {\nvoid run() {\n" + "step();\n".repeat(statements) + "}\n}\n";
    }

    @Test
    void aTypeWithoutASubjectIsSeen() {
        for (String name : List.of(
                "BoardManager", "CpuHelper", "BitUtil", "BitUtils", "PsciImpl", "AbstractGic")) {
            for (String kind : List.of("class", "interface", "enum", "@interface")) {
                assertThat(structureOf(kind + " " + name + " {}"))
                        .containsExactly("F names a type " + name);
            }
            assertThat(structureOf("class A { record " + name + "() {} }")).hasSize(1);
        }
        assertThat(structureOf("class Abstraction { class Manage {} class Implicit {} }"))
                .isEmpty();
    }

    @Test
    void workPutOffIsSeen() {
        for (String word : List.of("TO" + "DO", "FIX" + "ME")) {
            assertThat(Tidy.putOffWork("F", "a\nb // " + word + " later"))
                    .containsExactly("F:2 " + word);
        }
        assertThat(Tidy.putOffWork("F", "MASTODON")).isEmpty();
    }

    @Test
    void aTestThatSleepsOrSkipsIsSeen() {
        for (String bad :
                List.of("Thread.sl" + "eep(5);", "@Dis" + "abled", "assume" + "True(x);")) {
            assertThat(Tidy.sleepingOrSkippedTests("F", "a\n" + bad)).hasSize(1);
        }
        assertThat(Tidy.sleepingOrSkippedTests("F", "assumes nothing, sleeps never"))
                .isEmpty();
    }

    @Test
    void aPackageWithoutASentenceIsSeen() {
        String code = "@NullMarked\npackage a;\n";
        assertThat(Tidy.unexplainedPackage("F", "/** What the package holds. */\n" + code))
                .isEmpty();
        assertThat(Tidy.unexplainedPackage("F", code)).hasSize(1);
        assertThat(Tidy.unexplainedPackage("F", "/** */\n" + code)).hasSize(1);
        assertThat(Tidy.unexplainedPackage("F", "/** What it holds. */\npackage a;\n"))
                .hasSize(1);
    }

    private static List<String> structureOf(String text) {
        return Tidy.structure(Map.of("F", text));
    }

    private static List<Path> java() throws IOException {
        List<Path> files = below(JAVA, ".java");
        assertThat(files).hasSizeGreaterThan(30);
        return files;
    }

    private static List<Path> markdown() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""))) {
            return top.filter(p -> p.toString().endsWith(".md")).toList();
        }
    }

    private static List<Path> below(List<String> roots, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String root : roots) {
            if (Files.exists(Path.of(root))) {
                try (Stream<Path> files = Files.walk(Path.of(root))) {
                    files.filter(Files::isRegularFile)
                            .filter(p -> p.toString().endsWith(suffix))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<String> complaints(
            List<Path> files, BiFunction<String, String, List<String>> check) throws IOException {
        List<String> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(check.apply(file.toString(), Files.readString(file)));
        }
        return all;
    }
}

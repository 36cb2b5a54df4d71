package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Each rule of {@link Architecture} catches what it is there for, and lets the innocent pass. */
class PlantedViolationsTest {

    private static final Architecture RULES = new Architecture(Planted.ROOT);

    /** Something each package must not see, for each rule about arrows. */
    private static final Map<String, String> UPWARD = Map.ofEntries(
            Map.entry("model", "runtime"),
            Map.entry("catalog", "journal"),
            Map.entry("journal", "catalog"),
            Map.entry("runtime", "metrics"),
            Map.entry("metrics", "console"),
            Map.entry("trace", "metrics"),
            Map.entry("console", "api"),
            Map.entry("api", "console"),
            Map.entry("model.profile", "model.core"),
            Map.entry("model.core", "model.gic"),
            Map.entry("model.report", "model"),
            Map.entry("model.hazard", "model.core"),
            Map.entry("model.bare", "model.uart"),
            Map.entry("model.cpu", "model.gic"),
            Map.entry("model.gic", "model.cpu"),
            Map.entry("model.gpio", "model.xen"),
            Map.entry("model.peripheral", "model.gic"),
            Map.entry("model.power", "model"),
            Map.entry("model.rtc", "model.xen"),
            Map.entry("model.smmu", "model.xen"),
            Map.entry("model.timer", "model.gic"),
            Map.entry("model.uart", "model.xen"),
            Map.entry("model.watchdog", "model.firmware"),
            Map.entry("model.firmware", "model.uart"),
            Map.entry("model.xen", "model.gic"),
            Map.entry("model.guest", "model.xen"));

    private static final List<String> RESTLESS = List.of(
            "System.nanoTime()",
            "System.getenv(\"HOME\")",
            "System.identityHashCode(any)",
            "System.lineSeparator()",
            "any.hashCode()",
            "Thread.State.NEW.hashCode()",
            "java.util.Objects.hash(any)",
            "Math.random()",
            "new java.util.Random()",
            "new java.util.UUID(1, 2)",
            "new java.util.Date()",
            "new java.util.HashMap<Thread.State, String>()",
            "Thread.currentThread()",
            "java.util.Set.of(1, 2)",
            "java.util.Set.copyOf(java.util.List.of(1))",
            "java.util.Map.of(1, 2)",
            "java.util.Map.copyOf(new java.util.TreeMap<Integer, Integer>())",
            "String.format(\"%d\", 1)",
            "\"%d\".formatted(1)",
            "new java.util.Formatter()",
            "\"i\".toUpperCase()",
            "java.util.Locale.getDefault()",
            "String.format(java.util.Locale.GERMANY, \"%d\", 1)");

    @TempDir
    private static Path directory;

    private static JavaClasses planted;

    @BeforeAll
    static void plant() throws IOException {
        Planted garden = new Planted();
        UPWARD.forEach((from, to) -> garden.type(from + ".Upward", upward(to)));
        for (int i = 0; i < RESTLESS.size(); i++) {
            garden.type("model.timer.Restless" + i, restless(i));
        }
        plantImpurity(garden);
        plantState(garden);
        plantShell(garden);
        planted = garden.compile(directory);
    }

    private static String upward(String to) {
        return "public class Upward { static final Class<?> UP = ROOT.%s.Upward.class; }"
                .replace("%s", to);
    }

    private static String restless(int i) {
        return "class Restless" + i + " { Object of(Object any) { return " + RESTLESS.get(i)
                + "; } }";
    }

    private static void plantImpurity(Planted garden) {
        garden.type(
                        "model.Streams",
                        "class Streams { java.util.stream.Stream<String> s() { return null; } }")
                .type("model.gic.Files", "class Files { java.nio.file.Path p() { return null; } }")
                .type("model.cpu.Handles", "class Handles { java.lang.invoke.VarHandle h; }")
                .type("model.core.Time", "class Time { java.time.Instant i() { return null; } }")
                .type(
                        "model.core.CleanHandle",
                        "class CleanHandle { java.lang.invoke.VarHandle h; }")
                .type("model.timer.Locked", "class Locked { synchronized void tick() {} }")
                .type(
                        "model.timer.CleanText",
                        "class CleanText { String s(int[] a) { System.arraycopy(a, 0, a, 1, 1);"
                                + " return String.format(java.util.Locale.ROOT, \"%d\", 1)"
                                + " + \"I\".toLowerCase(java.util.Locale.ROOT)"
                                + " + java.util.List.copyOf(java.util.List.of(1)); } }");
    }

    private static void plantState(Planted garden) {
        garden.type("model.core.Board", "public class Board { long[] cells; }")
                .type("model.core.Cell", "public class Cell { private int index; }")
                .type("model.profile.Spec", "public record Spec(int lines, long[] table) {}")
                .type("model.uart.Mutable", "class Mutable { int count; }")
                .type("model.xen.StaticCount", "class StaticCount { static int count; }")
                .type("model.uart.Holds0", "class Holds0 { final long[] words = new long[4]; }")
                .type("model.uart.Holds1", "class Holds1 { final ROOT.model.core.Board b = null; }")
                .type(
                        "model.uart.Holds2",
                        "class Holds2 { final java.util.Map<Integer, String> m = null; }")
                .type("model.uart.Holds3", "class Holds3 { final java.util.List<int[]> m = null; }")
                .type("model.xen.Holds4", "class Holds4 { final StringBuilder text = null; }")
                .type("model.firmware.Holds5", "class Holds5 { final Object any = null; }")
                .type("model.uart.CleanPart", """
                        class CleanPart {
                            static final long[] TABLE = {1, 2};
                            final int lines = 4;
                            final String name = "uart0";
                            final ROOT.model.core.Cell cell = null;
                            final ROOT.model.profile.Spec spec = null;
                            final java.util.List<ROOT.model.core.Cell> banked = null;
                            final java.util.Optional<ROOT.model.profile.Spec> maybe = null;
                            final java.util.function.IntUnaryOperator shift = null;
                            final Runnable kick = null;
                        }
                        """);
    }

    private static void plantShell(Planted garden) {
        String controller = "org.springframework.web.bind.annotation.RestController";
        String advice = "org.springframework.web.bind.annotation.RestControllerAdvice";
        garden.type(
                        "model.Machine",
                        "public class Machine { public void handle(Object command) {}"
                                + " public static Machine unchecked() { return null; } }")
                .type("runtime.Blind", "class Blind { Object o = ROOT.model.Machine.unchecked(); }")
                .type("model.xen.Invariants", "class Invariants { void violate() {} }")
                .type("model.xen.Switches", "class Switches { boolean suffers() { return true; } }")
                .type("model.xen.Loud", "class Loud { Loud(Invariants i) { i.violate(); } }")
                .type("model.xen.BiasedChecks", checking("Biased", "s.suffers()"))
                .type("model.xen.CleanChecks", checking("Clean", "true"))
                .type("api.Open", "@" + controller + " public class Open {}")
                .type("api.Advice", "@" + advice + " public class Advice {}")
                .type("api.CleanController", "@" + controller + " class CleanController {}")
                .type("runtime.Shortcut", calling("Shortcut"))
                .type("runtime.BoardRuntime", calling("BoardRuntime"))
                .type("journal.Replayer", calling("Replayer"))
                .type("backdoor.Stray", "class Stray {}")
                .type("model.annex.Stray", "class Stray {}")
                .type("marked.CleanMarked", "class CleanMarked {}")
                .markedPackage("marked");
    }

    private static String checking(String name, String what) {
        return "class " + name + "Checks { void look(Switches s, Invariants i) { if (" + what
                + ") { i.violate(); } } }";
    }

    private static String calling(String name) {
        return "class " + name + " { void run(ROOT.model.Machine m) { m.handle(null); } }";
    }

    @Test
    void everyRuleIsSeenToFail() {
        for (ArchRule rule : RULES.all()) {
            assertThat(rule.evaluate(planted).hasViolation())
                    .as(rule.getDescription())
                    .isTrue();
        }
    }

    @Test
    void theModelCannotLeaveTheLanguage() {
        assertThat(caughtBy(RULES.modelDependsOnlyOnTheLanguage()))
                .contains("planted.model.Streams", "planted.model.gic.Files", "model.cpu.Handles")
                .doesNotContain("model.core");
        assertThat(caughtBy(RULES.coreDependsOnlyOnTheLanguage()))
                .contains("planted.model.core.Time")
                .doesNotContain("CleanHandle");
    }

    @Test
    void theModelCannotAskWhatDiffersByRun() {
        String caught = caughtBy(RULES.modelIsDeterministic());
        for (int i = 0; i < RESTLESS.size(); i++) {
            assertThat(caught).as(RESTLESS.get(i)).contains(".Restless" + i + ".");
        }
        assertThat(caught).doesNotContain("CleanText");
        assertThat(caughtBy(RULES.modelKnowsNoLocks())).contains("Locked.tick()");
    }

    @Test
    void eachArrowPointsDown() {
        List<ArchRule> arrows = RULES.arrowsPointDown();
        assertThat(arrows).hasSameSizeAs(UPWARD.keySet());
        UPWARD.forEach((from, to) -> assertThat(arrows)
                .as(from + " -> " + to)
                .anyMatch(rule -> isCaught(rule, from, to)));
        assertThat(caughtBy(RULES.packagesHaveNoCycles())).contains("Slice api", "Slice console");
        assertThat(caughtBy(RULES.everyLayerIsKnown()))
                .contains("backdoor.Stray", "model.annex.Stray")
                .doesNotContain("model.uart.Upward", "model.Machine");
    }

    private static boolean isCaught(ArchRule rule, String from, String to) {
        return rule.getDescription().startsWith(from + " sees")
                && caughtBy(rule).contains(Planted.ROOT + "." + from + ".Upward")
                && caughtBy(rule).contains(Planted.ROOT + "." + to + ".Upward");
    }

    @Test
    void aPartOfABoardCannotKeepState() {
        assertThat(caughtBy(RULES.fieldsOutsideCoreAreFinal()))
                .contains("Mutable.count", "StaticCount.count")
                .doesNotContain("core.Cell", "Clean");
        String caught = caughtBy(RULES.partsHoldNoState());
        for (int i = 0; i < 6; i++) {
            assertThat(caught).contains(".Holds" + i + ".");
        }
        assertThat(caught).doesNotContain("Clean");
    }

    @Test
    void controllersStayInTheirPackageAndTheModelIsReachedOneWay() {
        assertThat(caughtBy(RULES.controllersArePackagePrivate()))
                .contains("api.Open", "api.Advice")
                .doesNotContain("Clean");
        assertThat(caughtBy(RULES.onlyTheRuntimeHandlesCommands()))
                .contains("runtime.Shortcut")
                .doesNotContain("BoardRuntime", "Replayer");
    }

    @Test
    void theProductCannotLeaveTheChecksOut() {
        assertThat(caughtBy(RULES.everyMachineChecksInvariants()))
                .contains("runtime.Blind")
                .doesNotContain("BoardRuntime", "Replayer");
    }

    @Test
    void onlyChecksSayThatAnInvariantIsViolated() {
        assertThat(caughtBy(RULES.onlyChecksReportViolations()))
                .contains("model.xen.Loud")
                .doesNotContain("Checks.look");
    }

    @Test
    void aCheckLooksAtNoSwitch() {
        assertThat(caughtBy(RULES.checksKnowNoHazards()))
                .contains("model.xen.BiasedChecks")
                .doesNotContain("CleanChecks", "Loud");
    }

    @Test
    void aPackageSaysThatNullIsNowhere() {
        assertThat(caughtBy(RULES.everyPackageIsNullMarked()))
                .contains("backdoor.Stray")
                .doesNotContain("CleanMarked");
    }

    private static String caughtBy(ArchRule rule) {
        return String.join("\n", rule.evaluate(planted).getFailureReport().getDetails());
    }
}

package dev.vboard.model;

import static dev.vboard.model.FixtureB.D1_CONTEXT;
import static dev.vboard.model.FixtureB.D2_CONTEXT;
import static dev.vboard.model.FixtureB.DOM0_CONTEXT;
import static dev.vboard.model.FixtureB.ENTRY;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.SuspendStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The failure labels of each generation: what is undone, and what is as before (4.3). */
class XenFailuresTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final int ENOMEM = -12;

    /**
     * What an attempt leaves behind even when it fails: its record, what Xen last saved, and in the
     * CPUs what belongs to the vCPU that was on them. All else of a CPU's EL2 is as before.
     */
    private static final Pattern TRACES =
            Pattern.compile("hardware:(clock\\.now|el3\\.system-suspend-calls|faults\\.next-id)"
                    + "|hardware:cpu[0-3]\\.(r[0-9]+|V(TTBR|MPIDR)_EL2|cntvoff|.*_EL[01])"
                    + "|lost:.*|xen:(suspend-log|checks)\\..*"
                    + "|xen:host-suspend\\.(count|el2|saved-gic|taken-down|position|cpu|done|status"
                    + "|step-error|attempts|initiator|resume-root).*"
                    + "|xen:pcpu[1-3]\\.times-.*|xen:hotplug\\.(cpu|error)|domain:.*");

    /** Flavour, step, and what is undone: of 4.3, where B stands for the end of all labels. */
    private static final String LABELS = """
            rfc2018 freeze: -
            rfc2018 cpu-down: B
            rfc2018 timers-quiet: B
            rfc2018 iommu-suspend: timers-restart B
            rfc2018 irqs-off: iommu-resume timers-restart B
            rfc2018 gic-suspend: irqs-on iommu-resume timers-restart B
            rfc2018 console-suspend: console-resume gic-resume irqs-on iommu-resume \
            timers-restart B
            rfc2018 save-context: console-resume gic-resume irqs-on iommu-resume timers-restart B
            rfc2018 el3-system-suspend: console-resume gic-resume irqs-on iommu-resume \
            timers-restart B
            host-v8 freeze: -
            host-v8 scheduler-off: thaw
            host-v8 check-domains: scheduler-on thaw
            host-v8 cpu-down: B
            host-v8 timers-quiet: B
            host-v8 iommu-suspend: timers-restart B
            host-v8 console-suspend: iommu-resume timers-restart B
            host-v8 irqs-off: console-resume iommu-resume timers-restart B
            host-v8 gic-suspend: irqs-on console-resume iommu-resume timers-restart B
            host-v8 save-context: gic-resume irqs-on console-resume iommu-resume timers-restart B
            host-v8 el3-system-suspend: gic-resume irqs-on console-resume iommu-resume \
            timers-restart B
            host-v11 freeze: -
            host-v11 scheduler-off: thaw
            host-v11 cpu-down: B
            host-v11 iommu-suspend: B
            host-v11 console-suspend: iommu-resume B
            host-v11 irqs-off: console-resume iommu-resume B
            host-v11 timers-quiet: irqs-on console-resume iommu-resume B
            host-v11 gic-suspend: timers-restart irqs-on console-resume iommu-resume B
            host-v11 save-context: gic-resume timers-restart irqs-on console-resume iommu-resume B
            host-v11 el3-system-suspend: gic-resume timers-restart irqs-on console-resume \
            iommu-resume B
            """;

    private static FixtureB board(String flavour) {
        FixtureB b = FixtureB.of(flavour, ZCU102);
        b.suspend(1, D1_CONTEXT);
        b.suspend(2, D2_CONTEXT);
        b.live.psci(0, 1, "CPU_OFF");
        return b;
    }

    private static TreeSet<String> state(FixtureB b) {
        TreeSet<String> cells = new TreeSet<>();
        b.live.board.dump().lines().forEach(cells::add);
        return cells;
    }

    private static List<String> undoing(FixtureB b) {
        List<String> names = new ArrayList<>();
        for (String line : b.live.steps()) {
            String name = line.substring(0, line.indexOf(' ')).replaceAll("@.*", "");
            boolean back = SuspendStep.find(name).orElseThrow().undoes().isPresent();
            if (back && (names.isEmpty() || !names.getLast().equals(name))) {
                names.add(name);
            }
        }
        return names;
    }

    static Stream<Arguments> labels() {
        return LABELS.lines().map(line -> {
            String[] head = line.substring(0, line.indexOf(':')).split(" ");
            return Arguments.of(head[0], head[1], line.substring(line.indexOf(':') + 2));
        });
    }

    @ParameterizedTest
    @MethodSource("labels")
    void aStepThatFailsIsUnwoundAsItsLabelSays(String flavour, String step, String label) {
        FixtureB b = board(flavour);
        TreeSet<String> before = state(b);
        long[] first = b.live.board.copyOfWords(3);
        long[] second = b.live.board.copyOfWords(4);
        b.live.done(Injected.step(step, step.equals("cpu-down") ? 2 : -1, ENOMEM));
        b.suspend(0, DOM0_CONTEXT);

        String scheduler = flavour.equals("rfc2018") ? "" : "scheduler-on ";
        String rest = "rcu-barrier cpu-up spi-targets " + scheduler + "thaw";
        String expected = label.equals("-") ? "" : label.replace("B", rest);
        assertEquals(expected, String.join(" ", undoing(b)));
        b.assertBalanced();
        assertEquals(ENOMEM, b.live.host().lastHostStatus());
        assertEquals(Optional.of(refuser(step)), b.live.suspend().refusedBy());
        assertEquals(ENTRY, b.register(0, "pc"));
        assertEquals(DOM0_CONTEXT, b.register(0, "x0"));
        assertUnchanged(before, state(b));
        assertArrayEquals(first, b.live.board.copyOfWords(3), "D1 is as it was");
        assertArrayEquals(second, b.live.board.copyOfWords(4), "D2 is as it was");
        assertEquals(1, b.live.count("fault", "step-fails"));

        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.ring();
        b.assertBalanced();
        assertEquals(0, b.live.host().lastHostStatus());
    }

    private static String refuser(String step) {
        return step.equals("el3-system-suspend") ? "el3" : step;
    }

    private static void assertUnchanged(TreeSet<String> before, TreeSet<String> after) {
        TreeSet<String> changed = new TreeSet<>(before);
        changed.removeAll(after);
        TreeSet<String> appeared = new TreeSet<>(after);
        appeared.removeAll(before);
        changed.addAll(appeared);
        changed.removeIf(line -> line.startsWith("lost:")
                || TRACES.matcher(line.substring(0, line.indexOf(" = "))).matches());
        assertEquals(new TreeSet<>(), changed);
    }

    static Stream<Arguments> waysBack() {
        List<Arguments> all = new ArrayList<>();
        for (Flavour flavour : Flavour.values()) {
            for (SuspendStep step : flavour.up(false)) {
                if (!step.silent()) {
                    all.add(Arguments.of(flavour.wire(), step.wire()));
                }
            }
        }
        return all.stream();
    }

    /** Xen gives up where nothing else is left to it; elsewhere nobody looks at the result. */
    @ParameterizedTest
    @MethodSource("waysBack")
    void aStepOfTheWayBackThatFailsIsPassedOverOrFatal(String flavour, String step) {
        FixtureB b = board(flavour);
        boolean fatal = List.of("resume-entry", "gic-resume", "iommu-resume").contains(step);
        boolean cpu = step.equals("cpu-up");
        b.live.done(Injected.step(step, cpu ? 3 : -1, ENOMEM));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        b.live.fire(b.rtc, true);
        if (fatal) {
            assertEquals(BoardState.CRASHED, b.state());
            return;
        }
        b.live.fire(b.rtc, false);
        assertEquals(BoardState.RUNNING, b.state());
        assertEquals(0, b.live.host().lastHostStatus());
        assertEquals(ENTRY, b.register(0, "pc"));
        assertTrue(b.live.steps().contains(cpu ? "cpu-up@3 failed" : step + " failed"));
        assertEquals(cpu ? 3 : 4, b.live.summary().cpus().online());
        if (!cpu) {
            b.assertBalanced();
        }
    }

    /** The failing console gives its output back; in 2018 the unwinding does (F, HZ-76). */
    @ParameterizedTest
    @CsvSource({"rfc2018", "host-v8", "host-v11"})
    void aConsoleWhoseHookFailsPrintsOn(String flavour) {
        FixtureB b = board(flavour);
        b.live.done(Injected.console(-5));
        b.suspend(0, DOM0_CONTEXT);
        b.assertBalanced();
        assertEquals(-5, b.live.host().lastHostStatus());
        List<String> console = b.live.console();
        assertTrue(
                console.stream()
                        .anyMatch(line -> line.endsWith("Failed to suspend the console, err=-5")),
                console.toString());
        assertTrue(
                console.getLast()
                        .endsWith(
                                flavour.equals("rfc2018")
                                        ? "Failed to suspend, errno=-5"
                                        : "Resume (status -5)"),
                console.toString());
    }

    @ParameterizedTest
    @CsvSource({"rfc2018", "host-v8", "host-v11"})
    void aCpuThatIsBusyIsABug(String flavour) {
        FixtureB b = board(flavour);
        b.live.done(Injected.step("cpu-down", 2, -16));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.CRASHED, b.state());
        assertTrue(b.live.console().contains("Error taking CPU2 down: -16"));
        assertTrue(b.live.console().getLast().startsWith("Xen BUG at common/cpu.c:"));
        assertEquals(Optional.of(HostReport.SystemState.SUSPEND), b.live.host().systemState());
    }

    @ParameterizedTest
    @CsvSource({"rfc2018", "host-v8", "host-v11"})
    void anSmmuThatDoesNotSyncIsUnwound(String flavour) {
        FixtureB b = board(flavour);
        b.live.done(Injected.smmu());
        b.suspend(0, DOM0_CONTEXT);
        b.assertBalanced();
        assertEquals(-110, b.live.host().lastHostStatus());
    }

    @Test
    void aCpuThatGoesOffLateIsWaitedFor() {
        FixtureB b = board("host-v11");
        b.live.done(Injected.slow(2, 40_000_000L));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.SUSPENDED, b.state());
        long down = b.live.suspend().steps().stream()
                .filter(step -> step.name().equals("cpu-down") && step.cpu().orElse(0) == 2)
                .mapToLong(step -> step.endNs().orElseThrow() - step.startNs())
                .sum();
        assertTrue(down > 40_000_000L && down < 43_000_000L, Long.toString(down));
    }

    /** 8.2 j: the boot CPU looks each 100 ms, and complains at each tenth look. */
    @ParameterizedTest
    @CsvSource({"1, 0, 100", "900, 0, 900", "950, 1, 1000", "2500, 2, 2500"})
    void aCpuThatTakesLongToDieIsComplainedOfEachSecond(long stall, int lines, long waits) {
        for (String flavour : List.of("rfc2018", "host-v8", "host-v11")) {
            FixtureB b = board(flavour);
            b.live.done(Injected.stalled(2, stall * 1_000_000));
            b.suspend(0, DOM0_CONTEXT);
            assertEquals(BoardState.SUSPENDED, b.state());
            List<String> complaints = b.live.console().stream()
                    .filter(line -> line.contains("dead"))
                    .toList();
            assertEquals(Collections.nCopies(lines, "CPU 2 still not dead..."), complaints);
            long down = b.live.suspend().steps().stream()
                    .filter(step -> step.name().equals("cpu-down") && step.cpu().orElse(0) == 2)
                    .mapToLong(step -> step.endNs().orElseThrow() - step.startNs())
                    .sum();
            long beyond = down - waits * 1_000_000;
            assertTrue(beyond > 0 && beyond < 3_000_000, Long.toString(down));
            b.ring();
            b.assertBalanced();
        }
    }

    /** After 100 ms EL3 decides (D8). */
    @Test
    void aCpuThatGoesOffTooLateMakesFirmwareRefuse() {
        FixtureB b = board("host-v11");
        b.live.done(Injected.slow(3, 150_000_000L));
        b.suspend(0, DOM0_CONTEXT);
        assertEquals(BoardState.RUNNING, b.state());
        assertEquals(-3, b.live.host().lastHostStatus());
        assertEquals(Optional.of("el3"), b.live.suspend().refusedBy());
    }
}

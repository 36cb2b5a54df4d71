package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.SuspendStep;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** docs/spec-map.md tells of everything that it is to tell of, and names only what exists. */
class SpecMapTest {
    private static final String TEXT = Documents.read(Path.of("docs/spec-map.md"));

    private final SpecMap map = new SpecMap(TEXT);

    @Test
    void everyPsciFunctionHasARow() {
        assertThat(map.withoutRow(names(PsciFunction.values()))).isEmpty();
    }

    @Test
    void everyStepOfASuspendHasARow() {
        List<String> steps =
                Arrays.stream(SuspendStep.values()).map(SuspendStep::wire).toList();
        assertThat(map.withoutRow(steps)).isEmpty();
    }

    @Test
    void everyHazardHasARow() {
        List<String> ids = Hazard.ids();
        assertThat(map.withoutRow(ids)).isEmpty();
        for (Hazard hazard : Hazard.all()) {
            assertThat(TEXT)
                    .contains("| `" + hazard.id() + "` | " + hazard.story().shortName() + " |");
        }
    }

    @Test
    void everyInvariantHasARow() {
        List<String> ids = Invariant.all().stream().map(Invariant::name).toList();
        assertThat(map.withoutRow(ids)).isEmpty();
    }

    @Test
    void everyFlavourHasARow() {
        List<String> flavours =
                Arrays.stream(Flavour.values()).map(Flavour::wire).toList();
        assertThat(map.withoutRow(flavours)).isEmpty();
        assertThat(map.withoutRow(List.of("none"))).isEmpty();
    }

    @Test
    void everyDecisionHasARow() {
        assertThat(map.withoutRow(numbered("D", 20))).isEmpty();
    }

    @Test
    void everyTrapHasARow() {
        assertThat(map.withoutRow(numbered("PSCI-T", 23))).isEmpty();
        assertThat(map.withoutRow(numbered("GIC-T", 27))).isEmpty();
        assertThat(map.withoutRow(numbered("DEV-T", 25))).isEmpty();
    }

    @Test
    void everyTrapTestIsNamedInTheRowOfItsTrap() throws IOException {
        Map<String, String> sources = SpecMap.sources();
        assertThat(SpecMap.trapTests(sources)).hasSizeGreaterThan(60);
        assertThat(map.unnamedTrapTests(sources)).isEmpty();
    }

    @Test
    void everyNameIsThatOfSomethingThatExists() throws IOException {
        assertThat(map.unknownNames(SpecMap.sources())).isEmpty();
    }

    @Test
    void whatIsMissingOrInventedIsFound() {
        SpecMap planted = new SpecMap("""
                | function | tests |
                |---|---|
                | `CPU_ON` | `CpuTest.starts`, `CpuTest.neverWritten`, `GoneTest` |
                | `CPU_OFF` | a |
                | `CPU_OFF` | b |
                | PSCI-T1 | `psciT1_one`, `psciT1_two` |
                """);
        assertThat(planted.withoutRow(List.of("CPU_ON", "CPU_OFF", "MIGRATE")))
                .containsExactly("CPU_OFF has 2 rows", "MIGRATE has 0 rows");
        // Split here, or this file would have such tests itself.
        String source = "void starts() {} void psci" + "T1_one() {} void gic" + "T2_a() {}";
        Map<String, String> sources = Map.of("a/CpuTest.java", source);
        assertThat(planted.unnamedTrapTests(sources))
                .containsExactly("the row of GIC-T2 does not name gicT2_a");
        assertThat(planted.unknownNames(sources))
                .containsExactlyInAnyOrder(
                        "there is no `CpuTest.neverWritten`",
                        "there is no `GoneTest`",
                        "there is no `psciT1_two`");
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> prefix + n).toList();
    }
}

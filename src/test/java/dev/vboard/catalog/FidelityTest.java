package dev.vboard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import dev.vboard.model.BoardInventory;
import dev.vboard.model.BoardInventory.Block;
import dev.vboard.model.BoardInventory.FirmwareCall;
import dev.vboard.model.LiveBoard;
import dev.vboard.model.Query;
import dev.vboard.model.report.FidelityReport;
import dev.vboard.model.report.FidelityReport.BlockFidelity;
import dev.vboard.model.report.FidelityReport.CallFidelity;
import dev.vboard.model.report.FidelityReport.Degree;
import dev.vboard.model.report.FidelityReport.Face;
import dev.vboard.model.report.FidelityReport.RegisterFidelity;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The table of what is modelled, stubbed and absent says no less and no more than the code. */
class FidelityTest {
    private final Fidelity fidelity = new Fidelity();

    private static BoardInventory inventory(String profile, String flavour) {
        LiveBoard live = new LiveBoard(profile, LiveBoard.options(flavour, 1));
        return live.done(new Query.Inventory());
    }

    private static List<BoardInventory> all() {
        List<BoardInventory> all = new ArrayList<>();
        new Catalog()
                .entries()
                .forEach(entry -> all.add(inventory(entry.profile().id(), "none")));
        return all;
    }

    @Test
    void everyRegisterAndCallOfTheCodeIsInTheTable() {
        assertThat(all()).hasSizeGreaterThan(5);
        assertThat(fidelity.gaps(all())).isEmpty();
    }

    @Test
    void aRegisterThatTheTableDoesNotHaveIsAGap() {
        ObjectNode table = ProfileText.parse(
                "{blocks: {pl011: {registers: [UARTDR, CBn_FAR]}, ghost: {}}, calls: {}}");
        BoardInventory board = new BoardInventory(
                List.of(
                        new Block("a", "pl011", List.of("UARTDR", "CB12_FAR", "UARTNEW")),
                        new Block("b", "pl012", List.of())),
                List.of(new FirmwareCall("CPU_ON", Face.PHYS, true)));
        assertThat(new Fidelity(table).gaps(List.of(board)))
                .containsExactly(
                        "register pl011 UARTNEW",
                        "block pl012 is not in the table",
                        "call phys CPU_ON",
                        "no board has a block ghost");
    }

    /** A register text names each register; an array by its first, or by parts with an index. */
    @Test
    void everyRegisterHasALineInATextThatIsTypedFromTheSpecification() throws IOException {
        SortedSet<String> typed = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/registers"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.trim().split("\\s+");
                    if (words.length > 1 && !line.startsWith("#")) {
                        typed.add(words[1].replaceAll("\\d+$", ""));
                    }
                }
            }
        }
        SortedSet<String> untyped = new TreeSet<>();
        for (BoardInventory board : all()) {
            for (Block block : board.blocks()) {
                for (String register : block.registers()) {
                    String name = block.kind().equals("mmu-500")
                            ? register.replaceAll("CB\\d+_", "CB0_")
                            : register;
                    if (!typed.contains(name) && !typed.contains(name.replaceAll("\\d+$", ""))) {
                        untyped.add(block.kind() + " " + name);
                    }
                }
            }
        }
        // All may read it and EL3 writes it, which the form of the texts cannot say.
        assertThat(untyped).containsExactly("generic-timer CNTFRQ_EL0");
    }

    @Test
    void theSpecMapSaysTheSame() throws IOException {
        String map = Files.readString(Path.of("docs/spec-map.md"));
        SortedSet<String> rows = new TreeSet<>();
        for (BoardInventory board : all()) {
            FidelityReport report = fidelity.of(board);
            report.blocks()
                    .forEach(block -> rows.add(
                            row(block.kind(), block.fidelity(), block.clause(), block.tests())));
            report.calls()
                    .forEach(call -> rows.add(row(
                            call.face().wire() + " " + call.name(),
                            call.fidelity(),
                            call.clause(),
                            call.tests())));
        }
        assertThat(rows).hasSizeGreaterThan(90);
        assertThat(map.lines()).containsAll(rows);
    }

    private static String row(String name, Degree degree, String clause, List<String> tests) {
        String shown = tests.stream().map(test -> "`" + test + "`").collect(joining(", "));
        return "| `" + name + "` | " + degree.wire() + " | " + clause + " | " + shown + " |";
    }

    @Test
    void everyTestItNamesExists() throws IOException {
        assertThat(fidelity.tests()).hasSizeGreaterThan(15);
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsAll(fidelity.tests().stream()
                            .map(name -> name + ".java")
                            .toList());
        }
    }

    @Test
    void aBoardToldOfItselfTellsModelledStubbedAndAbsent() {
        FidelityReport report = fidelity.of(inventory("zcu102", "rfc2018"));
        BlockFidelity gicd = report.blocks().getFirst();
        assertThat(gicd.kind()).isEqualTo("gicv2-gicd");
        assertThat(gicd.registers())
                .contains(new RegisterFidelity("GICD_CTLR", Degree.MODELLED, Optional.empty()))
                .anyMatch(r -> r.name().equals("GICD_NSACR") && r.fidelity() == Degree.ABSENT);
        assertThat(call(report, "SYSTEM_SUSPEND", Face.VIRT).offered()).isTrue();
        assertThat(call(report, "CPU_FREEZE", Face.PHYS).fidelity()).isEqualTo(Degree.ABSENT);
        assertThat(call(report, "REQ_SUSPEND", Face.EEMI).offered()).isTrue();
        assertThat(call(report, "TIME", Face.SIP).offered()).isFalse();
    }

    private static CallFidelity call(FidelityReport report, String name, Face face) {
        return report.calls().stream()
                .filter(call -> call.name().equals(name) && call.face() == face)
                .findFirst()
                .orElseThrow();
    }
}

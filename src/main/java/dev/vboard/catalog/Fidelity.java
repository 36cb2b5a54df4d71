package dev.vboard.catalog;

import dev.vboard.model.BoardInventory;
import dev.vboard.model.BoardInventory.Block;
import dev.vboard.model.BoardInventory.FirmwareCall;
import dev.vboard.model.report.FidelityReport;
import dev.vboard.model.report.FidelityReport.BlockFidelity;
import dev.vboard.model.report.FidelityReport.CallFidelity;
import dev.vboard.model.report.FidelityReport.Degree;
import dev.vboard.model.report.FidelityReport.RegisterFidelity;

import org.springframework.core.io.ClassPathResource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How faithful the model is, register block by register block and call by call: a table that is
 * written by hand and that a test holds against the code.
 */
public final class Fidelity {
    private final JsonNode table;

    /** Reads the table of the class path. */
    public Fidelity() {
        this(ProfileText.parse(Catalog.read(new ClassPathResource("catalog/fidelity.yaml"))));
    }

    Fidelity(JsonNode table) {
        this.table = table;
    }

    /** What the table says of a board's blocks and calls. */
    public FidelityReport of(BoardInventory board) {
        List<BlockFidelity> blocks = new ArrayList<>();
        for (Block block : board.blocks()) {
            blocks.add(block(block, table.path("blocks").path(block.kind())));
        }
        List<CallFidelity> calls = new ArrayList<>();
        for (FirmwareCall call : board.calls()) {
            calls.add(call(call, entryOf(call)));
        }
        return new FidelityReport(blocks, calls);
    }

    /** What the code has and the table does not, or the reverse: nothing when all is well. */
    public List<String> gaps(List<BoardInventory> boards) {
        List<String> gaps = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        for (BoardInventory board : boards) {
            for (Block block : board.blocks()) {
                kinds.add(block.kind());
                JsonNode entry = table.path("blocks").path(block.kind());
                if (entry.isMissingNode()) {
                    gaps.add("block " + block.kind() + " is not in the table");
                    continue;
                }
                for (String register : block.registers()) {
                    if (!isListed(entry, register)) {
                        gaps.add("register " + block.kind() + " " + register);
                    }
                }
            }
            for (FirmwareCall call : board.calls()) {
                if (entryOf(call).isMissingNode()) {
                    gaps.add("call " + call.face().wire() + " " + call.name());
                }
            }
        }
        table.path("blocks").propertyNames().forEach(kind -> {
            if (!kinds.contains(kind)) {
                gaps.add("no board has a block " + kind);
            }
        });
        return gaps.stream().distinct().toList();
    }

    /** The tests the table names. */
    public List<String> tests() {
        List<String> names = new ArrayList<>();
        table.findValues("tests").forEach(tests -> tests.forEach(t -> names.add(t.asString())));
        return names.stream().distinct().sorted().toList();
    }

    private JsonNode entryOf(FirmwareCall call) {
        return table.path("calls").path(call.face().wire()).path(call.name());
    }

    /** An n after capitals and before an underscore or the end stands for any number. */
    private static boolean isListed(JsonNode entry, String register) {
        for (JsonNode listed : entry.path("registers")) {
            String name = listed.asString();
            if (name.equals(register)
                    || register.matches(name.replaceAll("(?<=[A-Z])n(?=_|$)", "\\\\d+"))) {
                return true;
            }
        }
        return false;
    }

    private static BlockFidelity block(Block block, JsonNode entry) {
        List<RegisterFidelity> registers = new ArrayList<>();
        for (String register : block.registers()) {
            JsonNode stub = entry.path("stubbed").path(register);
            registers.add(new RegisterFidelity(
                    register, stub.isMissingNode() ? degree(entry) : Degree.STUBBED, text(stub)));
        }
        entry.path("absent")
                .properties()
                .forEach(absent -> registers.add(new RegisterFidelity(
                        absent.getKey(), Degree.ABSENT, text(absent.getValue()))));
        return new BlockFidelity(
                block.name(),
                block.kind(),
                degree(entry),
                text(entry.path("clause")).orElse(""),
                tests(entry),
                text(entry.path("note")),
                registers);
    }

    private static CallFidelity call(FirmwareCall call, JsonNode entry) {
        return new CallFidelity(
                call.name(),
                call.face(),
                call.offered(),
                degree(entry),
                text(entry.path("clause")).orElse(""),
                tests(entry),
                text(entry.path("note")));
    }

    private static Degree degree(JsonNode entry) {
        String degree = entry.path("fidelity").asString("absent");
        return Degree.valueOf(degree.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node.asString());
    }

    private static List<String> tests(JsonNode entry) {
        List<String> tests = new ArrayList<>();
        entry.path("tests").forEach(test -> tests.add(test.asString()));
        return tests;
    }
}

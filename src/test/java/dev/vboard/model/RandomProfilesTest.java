package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vboard.catalog.Catalog;
import dev.vboard.catalog.ProfileException;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.profile.BoardProfile;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * api.md 2.1: whatever a document says, it is refused with pointers into it, or it is a board that
 * can be built, switched on and taken to sleep. Shipped documents are changed at random.
 */
class RandomProfilesTest {
    private static final int DOCUMENTS = 300;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Catalog CATALOG = new Catalog();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "2",
            "3",
            "7",
            "8",
            "16",
            "31",
            "32",
            "64",
            "96",
            "1019",
            "65535",
            "-1",
            "1.5",
            "\"0x0\"",
            "\"0x1000\"",
            "\"0xffffffffffffffff\"",
            "\"0x80000000\"",
            "\"spi:5\"",
            "\"ppi:9\"",
            "\"system\"",
            "\"bare\"",
            "\"pl011\"",
            "\"edge\"",
            "\"x\"",
            "[]",
            "{}",
            "[1]",
            "\"\"");

    private final Random random = new Random(20_261_122);

    /** A container and what it holds under a name or an index. */
    private record Spot(JsonNode parent, String name, int index) {}

    private static List<Spot> spots(JsonNode node) {
        List<Spot> spots = new ArrayList<>();
        collect(node, spots);
        return spots;
    }

    private static void collect(JsonNode node, List<Spot> into) {
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames()) {
                into.add(new Spot(object, name, -1));
                collect(object.get(name), into);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                into.add(new Spot(array, "", i));
                collect(array.get(i), into);
            }
        }
    }

    private void change(ObjectNode document) {
        List<Spot> spots = spots(document);
        Spot spot = spots.get(random.nextInt(spots.size()));
        Spot other = spots.get(random.nextInt(spots.size()));
        JsonNode value = random.nextBoolean()
                ? JSON.readTree(VALUES.get(random.nextInt(VALUES.size())))
                : valueAt(other).deepCopy();
        switch (spot.parent()) {
            case ObjectNode object when random.nextInt(4) == 0 -> object.remove(spot.name());
            case ObjectNode object -> object.set(spot.name(), value);
            case ArrayNode array when random.nextInt(3) == 0 -> array.remove(spot.index());
            case ArrayNode array -> array.set(spot.index(), value);
            default -> throw new AssertionError(spot);
        }
    }

    private static JsonNode valueAt(Spot spot) {
        return spot.index() < 0
                ? spot.parent().path(spot.name())
                : spot.parent().path(spot.index());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zcu102",
                "imx8qm",
                "imx8mq",
                "rcar-h3",
                "fvp-base",
                "qemu-virt",
                "qemu-virt-gicv3"
            })
    void isRefusedOrIsABoard(String id) {
        int boards = 0;
        int refused = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            ObjectNode document = CATALOG.find(id).orElseThrow().document();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(document);
            }
            if (isBoard(document.toString())) {
                boards++;
            } else {
                refused++;
            }
        }
        assertThat(boards).isGreaterThan(DOCUMENTS / 20);
        assertThat(refused).isGreaterThan(DOCUMENTS / 20);
    }

    private static boolean isBoard(String text) {
        BoardProfile profile;
        try {
            profile = CATALOG.load(text).profile();
        } catch (ProfileException e) {
            assertThat(e.faults())
                    .allSatisfy(fault -> assertThat(fault.pointer()).matches("|/.*"));
            return false;
        }
        try {
            boot(profile);
        } catch (RuntimeException | AssertionError e) {
            fail("no board: " + text, e);
        }
        return true;
    }

    private static void boot(BoardProfile profile) {
        Machine machine = new Machine(profile);
        for (String flavour : List.of("none", "rfc2018")) {
            BootOptions options = LiveBoard.options(flavour, 1);
            if (machine.check(options).isPresent()) {
                continue;
            }
            Board board = machine.create(options, Events.NONE);
            long entry = profile.memory().getFirst().base();
            Caller caller =
                    flavour.equals("none") ? new Caller.PhysicalCpu(0) : new Caller.Vcpu("0", 0);
            Command suspend = LiveBoard.call(caller, "SYSTEM_SUSPEND", entry, 0);
            machine.handle(board, suspend, Machine.Settle.YES, () -> false);
            assertThat(board.fingerprint()).isEqualTo(board.computeFingerprint());
        }
    }
}

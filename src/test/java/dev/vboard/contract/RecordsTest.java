package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.api.body.Bounds;
import dev.vboard.api.body.PaceRequest;
import dev.vboard.model.core.EventType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Issue 2, deliverable 6 (b): records and schemas say the same. */
class RecordsTest {
    private static final ContractFile FILE = ContractFile.asWritten();

    /** A change of one schema and what is then found. */
    private record Plant(String schema, Consumer<ObjectNode> edit, String found) {
        @Override
        public String toString() {
            return found;
        }
    }

    @Test
    void recordsAndSchemasSayTheSame() {
        assertThat(WireRecords.all()).hasSizeGreaterThan(100);
        assertThat(RecordComparison.differences(FILE, WireRecords.all())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"plantedProperties", "plantedLimits"})
    void aDifferenceIsFound(Plant plant) {
        ContractFile file = FILE.with(root ->
                plant.edit.accept((ObjectNode) root.at("/components/schemas").path(plant.schema)));
        assertThat(RecordComparison.differences(file, WireRecords.all()))
                .containsExactly(plant.found.split("\n"));
    }

    static Stream<Plant> plantedProperties() {
        return Stream.of(
                plant(
                        "Deleted",
                        s -> properties(s).putObject("more").put("type", "integer"),
                        "Deleted: property more is no component"),
                plant(
                        "CpuCount",
                        s -> properties(s).remove("total"),
                        "CpuCount: component total is no property",
                        "CpuCount: total is required and no component"),
                plant(
                        "Board",
                        s -> texts(s, "required").remove(0),
                        "Board.id: is always there in the record"),
                plant(
                        "BoardCreate",
                        s -> s.putArray("required").add("id"),
                        "BoardCreate.id: is not always there in the record"),
                plant(
                        "Board",
                        s -> property(s, "createdAt").put("type", "integer"),
                        "Board.createdAt: is of type string in the record"),
                plant(
                        "Board",
                        s -> property(s, "createdAt")
                                .putArray("type")
                                .add("string")
                                .add("null"),
                        "Board.createdAt: is never null in the record"),
                plant(
                        "BoardPage",
                        s -> property(s, "next").put("type", "string"),
                        "BoardPage.next: may be null in the record"),
                plant(
                        "BoardPage",
                        s -> property(s, "items").set("items", reference("CpuReport")),
                        "BoardPage.items: its values: is Board in the record"),
                plant(
                        "Board",
                        s -> properties(s).set("cpus", reference("Deleted")),
                        "Board.cpus: is CpuCount in the record"),
                plant(
                        "ListRegister",
                        s -> texts(property(s, "state"), "enum").add("LOST"),
                        "ListRegister.state: is one of [ACTIVE, PENDING, PENDING_ACTIVE]"
                                + " in the record"),
                plant(
                        "PowerReport",
                        s -> texts(s, "x-shell").add("events"),
                        "PowerReport: x-shell names events, which is no property"));
    }

    static Stream<Plant> plantedLimits() {
        return Stream.of(
                plant(
                        "BulkCreate",
                        s -> property(s, "count").put("maximum", 10_001),
                        "BulkCreate.count: has limits {maximum=10000, minimum=1} in the record"),
                plant(
                        "BoardCreate",
                        s -> property(s, "seed").remove("minimum"),
                        "BoardCreate.seed: has limits {minimum=0} in the record"),
                plant(
                        "PassthroughLine",
                        s -> property(s, "vcpu").put("maximum", 128),
                        "PassthroughLine.vcpu: has limits {maximum=127, minimum=0} in the record"),
                plant(
                        "DomainCreate",
                        s -> property(s, "name").put("pattern", "^[a-z]$"),
                        "DomainCreate.name: has form [A-Za-z][-+._A-Za-z0-9]{0,39} in the record"),
                plant(
                        "MmioAccess",
                        s -> texts(property(s, "size"), "enum").add(16),
                        "MmioAccess.size: is one of [1, 2, 4, 8] in the record"),
                plant(
                        "DomainCreate",
                        s -> ((ObjectNode) property(s, "devices").get("items")).remove("maxLength"),
                        "DomainCreate.devices: has texts of up to 64 characters in the record"));
    }

    @Test
    void aSchemaWithoutRecordAndARecordWithoutSchemaAreFound() {
        ContractFile file = FILE.with(root -> {
            ObjectNode schemas = (ObjectNode) root.at("/components/schemas");
            schemas.set("Erased", schemas.remove("Deleted"));
        });
        assertThat(RecordComparison.differences(file, WireRecords.all()))
                .containsExactly(
                        "Deleted: no schema has this name", "Erased: no record has this name");
    }

    /** What the record of this name might become. */
    private record Deleted(@Bounds @Nullable Integer deleted, String by) {}

    @Test
    void aComponentMoreAndOneThatMayBeMissingAreFound() {
        List<Class<?>> records = new ArrayList<>(WireRecords.all());
        records.replaceAll(type -> type.getSimpleName().equals("Deleted") ? Deleted.class : type);
        assertThat(RecordComparison.differences(FILE, records))
                .containsExactly(
                        "Deleted.deleted: is not always there in the record",
                        "Deleted: component by is no property");
    }

    @Test
    void theFileNamesTheTypesOfEventsThatThereAre() {
        List<String> known =
                Arrays.stream(EventType.values()).map(EventType::wire).toList();
        for (String place : List.of("Event/properties/type", "EventFilter/properties/event")) {
            JsonNode written = FILE.root().at("/components/schemas/" + place + "/enum");
            assertThat(written.valueStream().map(JsonNode::asString))
                    .containsExactlyElementsOf(known);
        }
    }

    @Test
    void theFactorOfAPaceHasTheRecordsLimit() {
        JsonNode factor = FILE.root().at("/components/schemas/PaceRequest/properties/factor");
        assertThat(factor.path("maximum").asDouble()).isEqualTo(PaceRequest.MAX_FACTOR);
        assertThat(factor.path("exclusiveMinimum").asDouble()).isZero();
    }

    @Test
    void everyObjectSaysWhatElseItMayHave() {
        assertThat(OpenObjects.in(FILE.root())).isEmpty();
    }

    @Test
    void anObjectThatMayHaveAnythingIsFound() {
        ContractFile file = FILE.with(root -> {
            ObjectNode schemas = (ObjectNode) root.at("/components/schemas");
            ((ObjectNode) schemas.get("Deleted")).remove("additionalProperties");
            ((ObjectNode) schemas.get("Board")).put("additionalProperties", true);
            property(schemas.get("Board"), "labels").putObject("additionalProperties");
            ObjectNode inline = (ObjectNode) root.at(
                    "/paths/~1api~1v1~1boards/delete/responses/200" + "/content/application~1json");
            inline.putObject("schema").putObject("properties");
        });
        assertThat(OpenObjects.in(file.root())).hasSize(4);
    }

    private static Plant plant(String schema, Consumer<ObjectNode> edit, String... found) {
        return new Plant(schema, edit, String.join("\n", found));
    }

    private static ObjectNode properties(JsonNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static ObjectNode property(JsonNode schema, String name) {
        return (ObjectNode) properties(schema).get(name);
    }

    private static ArrayNode texts(JsonNode schema, String name) {
        return (ArrayNode) schema.get(name);
    }

    private static ObjectNode reference(String schema) {
        return JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }
}

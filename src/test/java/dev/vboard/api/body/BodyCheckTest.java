package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** Contract, section 9: a readable body that is wrong names every fault by its JSON pointer. */
class BodyCheckTest {

    private static final JsonMapper MAPPER = WireModule.strict().build();

    @Test
    void aFineBodyHasNoFault() {
        assertEquals(List.of(), pointers(BoardCreate.class, "{\"id\":\"a-1\",\"seed\":7}"));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertEquals(
                List.of("/id", "/dom0/vcpus", "/dom0/pin/x", "/dom0/interrupts/0/vcpu", "/seed"),
                pointers(
                        BoardCreate.class,
                        "{\"id\":\"A\",\"seed\":-1,\"dom0\":{\"vcpus\":0,\"pin\":{\"x\":[0]},"
                                + "\"interrupts\":[{\"intid\":40,\"vcpu\":128}]}}"));
    }

    @Test
    void aKeyIsEscapedInThePointer() {
        assertEquals(
                List.of("/labels/~1a~0"),
                pointers(BoardCreate.class, "{\"labels\":{\"/a~\":\"\"}}"));
    }

    @Test
    void aLongLabelIsRefused() {
        assertEquals(
                List.of("/labels/a"),
                pointers(BoardCreate.class, "{\"labels\":{\"a\":\"" + "x".repeat(257) + "\"}}"));
    }

    @Test
    void aNullInAListOrMapIsRefused() {
        assertEquals(
                List.of("/xen/hazards/1"),
                pointers(BoardCreate.class, "{\"xen\":{\"hazards\":[\"HZ-01\",null]}}"));
        assertEquals(
                List.of("/labels/a"), pointers(BoardCreate.class, "{\"labels\":{\"a\":null}}"));
    }

    @Test
    void aPropertyNamedLikeAKeywordKeepsItsName() {
        assertEquals(List.of("/byte"), pointers(DeviceInput.class, "{\"byte\":256}"));
    }

    @Test
    void tooManyBoardsAreRefused() {
        assertEquals(
                List.of("/count"),
                pointers(BulkCreate.class, "{\"count\":100000000,\"template\":{}}"));
    }

    private static List<String> pointers(Class<? extends Record> type, String json) {
        return BodyCheck.of(MAPPER.readValue(json, type)).stream()
                .map(Violation::pointer)
                .toList();
    }
}

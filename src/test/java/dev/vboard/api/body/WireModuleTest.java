package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.U64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;

/** Contract, sections 1 and 9: what a body may hold, and how values are written. */
class WireModuleTest {

    private static final JsonMapper MAPPER = WireModule.strict().build();

    @Test
    void everythingOptionalMayBeLeftOut() {
        assertEquals(
                new BoardCreate(null, null, null, null, null, null, null),
                MAPPER.readValue("{}", BoardCreate.class));
    }

    @Test
    void namesOfConstantsAreThoseOfTheWire() {
        BoardCreate body = MAPPER.readValue(
                "{\"dom0\":{\"guest\":\"no-pm\",\"roles\":[\"control\"]}}", BoardCreate.class);
        BoardCreate.Dom0Options dom0 = body.dom0();
        assertEquals(
                new BoardCreate.Dom0Options(
                        null,
                        null,
                        null,
                        DomainReport.Guest.NO_PM,
                        List.of(DomainReport.Role.CONTROL),
                        null),
                dom0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":null}",
                "{\"id\":5}",
                "{\"id\":true}",
                "{\"ID\":\"a\"}",
                "{\"seed\":\"2\"}",
                "{\"seed\":1.0}",
                "{\"seed\":1,\"seed\":1}",
                "{\"seed\":9223372036854775808}",
                "{\"powerOn\":1}",
                "{\"powerOn\":\"true\"}",
                "{\"xen\":\"\"}",
                "{\"xen\":[]}",
                "{\"xen\":{\"domuRelease\":0}}",
                "{\"dom0\":{\"guest\":\"NO_PM\"}}",
                "{} {}",
                "{"
            })
    void whatOtherwisePassesSilentlyIsRefused(String json) {
        assertThrows(JacksonException.class, () -> MAPPER.readValue(json, BoardCreate.class));
    }

    @Test
    void aMissingValueIsRefusedWithItsPlace() {
        DatabindException missing = assertThrows(
                DatabindException.class, () -> MAPPER.readValue("{\"size\":4}", MmioAccess.class));
        assertEquals("address", missing.getPath().getFirst().getPropertyName());
    }

    @Test
    void aBadValueIsRefusedWithItsPlaceAndOurWords() {
        DatabindException bad = assertThrows(
                DatabindException.class,
                () -> MAPPER.readValue("{\"args\":[\"0x1\",\"z\"]}", PsciCall.class));
        assertEquals("args", bad.getPath().get(0).getPropertyName());
        assertEquals(1, bad.getPath().get(1).getIndex());
        assertEquals("must be an integer or a string such as \"0x4000\"", bad.getOriginalMessage());
    }

    @Test
    void onlyALabelMayBeNull() {
        BoardPatch patch = MAPPER.readValue("{\"labels\":{\"a\":null}}", BoardPatch.class);
        assertNull(patch.labels().get("a"));
        assertEquals(List.of(), BodyCheck.of(patch));
        assertThrows(
                JacksonException.class,
                () -> MAPPER.readValue("{\"labels\":null}", BoardPatch.class));
    }

    @Test
    void theClockStopsAtSettledOrAtAnEvent() {
        ClockRun settled = MAPPER.readValue("{\"until\":\"settled\"}", ClockRun.class);
        assertInstanceOf(UntilInput.Settled.class, settled.until());
        ClockRun event = MAPPER.readValue(
                "{\"until\":{\"event\":\"cpu-on\",\"cpu\":2},\"limit\":\"5s\"}", ClockRun.class);
        UntilInput.EventFilter filter =
                assertInstanceOf(UntilInput.EventFilter.class, event.until());
        assertEquals("cpu-on", filter.event());
        assertEquals(BigInteger.TWO, filter.fields().get("cpu"));
        assertEquals(new DurationInput(5_000_000_000L), event.limit());
    }

    @Test
    void nestingBeyondThirtyTwoIsRefused() {
        String deep = "{\"commands\":[{\"method\":\"PUT\",\"path\":\"/\",\"body\":"
                + "[".repeat(30)
                + "]".repeat(30)
                + "}]}";
        assertThrows(JacksonException.class, () -> MAPPER.readValue(deep, CommandsRequest.class));
    }

    @Test
    void aReportIsWrittenInOneObjectWithRevisionAndTime() {
        assertEquals(
                "{\"value\":\"0xffffffffffffffff\",\"revision\":3,\"nowNs\":5}",
                write(Answer.of(new AccessAnswer.AccessValue(U64.of(-1)), 3, 5)));
        AccessAnswer fault = new AccessAnswer.AccessFault(AccessAnswer.Fault.DATA_ABORT);
        assertEquals(
                "{\"fault\":\"data-abort\",\"revision\":3,\"nowNs\":5}",
                write(Answer.of(fault, 3, 5)));
        assertEquals(
                "{\"intid\":1023,\"source\":null,\"revision\":0,\"nowNs\":0}",
                write(Answer.of(new AckAnswer(1023, OptionalInt.empty()), 0, 0)));
    }

    private static String write(Object body) {
        return MAPPER.writeValueAsString(body);
    }
}

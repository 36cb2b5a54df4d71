package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

/** Contract, section 1: lengths of virtual time in requests. */
class DurationInputTest {

    @ParameterizedTest
    @CsvSource({
        "0ns, 0",
        "250us, 250000",
        "10ms, 10000000",
        "1.5s, 1500000000",
        "0.000000001s, 1",
        "1.000us, 1000",
        "9223372036854775807ns, 9223372036854775807"
    })
    void aNumberWithAUnitIsRead(String text, long nanos) {
        assertEquals(new DurationInput(nanos), DurationInput.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "5", "-5ms", "+5ms", "5 ms", "5MS", "1.s", ".5s", "1e3s", "5m", "1,5s", "1.5ns"
            })
    void everythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> DurationInput.parse(text));
    }

    @Test
    void moreThan63BitsOfNanosecondsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> DurationInput.parse("9223372037s"));
        assertThrows(
                IllegalArgumentException.class, () -> DurationInput.of(BigInteger.TWO.pow(63)));
        assertThrows(
                IllegalArgumentException.class, () -> DurationInput.of(BigInteger.valueOf(-1)));
    }
}

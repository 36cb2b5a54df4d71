package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

/** Contract, section 1: INTIDs in requests. */
class IntidInputTest {

    @ParameterizedTest
    @CsvSource({"spi:21, 53", "spi:0, 32", "spi:987, 1019", "ppi:11, 27", "sgi:3, 3", "sgi:15, 15"})
    void aNumberOfAKindIsRead(String text, int intid) {
        assertEquals(new IntidInput(intid), IntidInput.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "53", "spi:", "spi:988", "ppi:16", "sgi:16", "SPI:1", "spi:-1", "lpi:1"})
    void everythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> IntidInput.parse(text));
    }

    @Test
    void aPathMayAlsoHoldTheNumber() {
        assertEquals(new IntidInput(53), IntidInput.parsePath("53"));
        assertEquals(new IntidInput(53), IntidInput.parsePath("spi:21"));
        assertThrows(IllegalArgumentException.class, () -> IntidInput.parsePath("99999999"));
        assertThrows(IllegalArgumentException.class, () -> IntidInput.parsePath("999999999999"));
    }

    @Test
    void onlyTwentyFourBitsAreTaken() {
        assertEquals(new IntidInput(0xff_ffff), IntidInput.of(BigInteger.valueOf(0xff_ffff)));
        BigInteger tooGreat = BigInteger.valueOf(0x100_0000);
        assertThrows(IllegalArgumentException.class, () -> IntidInput.of(tooGreat));
        assertThrows(IllegalArgumentException.class, () -> IntidInput.of(BigInteger.valueOf(-1)));
    }
}

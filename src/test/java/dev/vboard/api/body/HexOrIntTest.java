package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

/** Contract, section 1: 64-bit registers, addresses and MPIDRs in requests. */
class HexOrIntTest {

    @Test
    void hexadecimalOfBothCasesIsRead() {
        assertEquals(new HexOrInt(0x4008_0000L), HexOrInt.parse("0x40080000"));
        assertEquals(new HexOrInt(0xabcL), HexOrInt.parse("0xaBc"));
    }

    @Test
    void theGreatestValueIsAllOnes() {
        assertEquals(new HexOrInt(-1), HexOrInt.parse("0xffffffffffffffff"));
        BigInteger max = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        assertEquals(new HexOrInt(-1), HexOrInt.of(max));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0X1",
                "40",
                "-0x1",
                "0x1_0",
                "0x ",
                "0x\u0661",
                "0x10000000000000000"
            })
    void everythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> HexOrInt.parse(text));
    }

    @Test
    void integersOutside64BitsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> HexOrInt.of(BigInteger.TWO.pow(64)));
        assertThrows(IllegalArgumentException.class, () -> HexOrInt.of(BigInteger.valueOf(-1)));
    }
}

package dev.vboard.api.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;

/** Contract, section 4: the time of a scheduled fire. */
class AtInputTest {

    @Test
    void aPlusSignCountsFromNow() {
        assertEquals(1_120_000, AtInput.parse("+120us").resolve(1_000_000));
    }

    @Test
    void withoutASignItCountsFromCreation() {
        assertEquals(120_000, AtInput.parse("120us").resolve(0));
        assertEquals(53, AtInput.of(BigInteger.valueOf(53)).resolve(53));
    }

    @Test
    void thePastIsRefused() {
        AtInput at = AtInput.parse("120us");
        assertThrows(IllegalArgumentException.class, () -> at.resolve(120_001));
    }

    @Test
    void theEndOfTimeIsRefused() {
        AtInput at = AtInput.parse("+9223372036854775807ns");
        assertEquals(Long.MAX_VALUE, at.resolve(0));
        assertThrows(IllegalArgumentException.class, () -> at.resolve(1));
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.RegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.Registers.Register;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** devices.md 2, 3 and 7.2: reset values, access and writable bits, as typed from the manuals. */
class DeviceRegistersTest {
    @ParameterizedTest
    @CsvSource({"pl011,1", "cadence-uart,1", "pl031,1", "zynqmp-rtc,2"})
    void aBlockHasTheRegistersOfItsFileAndNoOthers(String type, int interrupts) throws IOException {
        Registers bank = new DeviceBench(type, interrupts).device().registers().getFirst();
        List<String> declared = new ArrayList<>();
        for (Register register : bank.all()) {
            for (int i = 0; i < register.count(); i++) {
                long offset = register.offset() + 4L * i;
                declared.add(register.name(i) + "@0x" + Long.toHexString(offset));
            }
        }
        assertThat(RegisterText.named(type).declared()).isEqualTo(declared);
    }

    @ParameterizedTest
    @CsvSource({"pl011,1", "cadence-uart,1", "pl031,1", "zynqmp-rtc,2"})
    void aRegisterResetsAndTakesAccessesAsItsFileSays(String type, int interrupts)
            throws IOException {
        DeviceBench bench = new DeviceBench(type, interrupts);
        Registers bank = bench.device().registers().getFirst();
        RegisterText.named(type).check(new View(0, type, bank, bench::fresh, Access::el2));
    }
}

package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.report.BoardState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The column "symptom in the model" of the catalogue of known bugs (xen-suspend.md 7.1): with the
 * switch on what the catalogue says is seen on the board, whatever the invariants say; with it off
 * it is not.
 */
class HazardSymptomsTest {
    static List<HazardSymptom> symptoms() {
        List<HazardSymptom> all = new ArrayList<>(HazardSymptoms.ofCpus());
        all.addAll(HazardSymptoms.ofTheGic());
        all.addAll(HazardSymptomsOfDomains.ofGuests());
        all.addAll(HazardSymptomsOfDomains.ofTheMachine());
        all.addAll(HazardSymptomsOfDomains.ofDevices());
        return all;
    }

    @ParameterizedTest
    @MethodSource("symptoms")
    void withTheSwitchOnTheCataloguesSymptomIsSeen(HazardSymptom line) {
        assertThat(line.seen(true)).as(line.story()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("symptoms")
    void withTheSwitchOffItIsNot(HazardSymptom line) {
        assertThat(line.seen(false)).as(line.story()).isFalse();
    }

    /** Before 2025 a missing hook is passed over, then it is called. */
    @Test
    void hz46_laterXensJumpToAddressZero() {
        for (String flavour : List.of("host-v8", "host-v11")) {
            FixtureB b = FixtureB.of(flavour, "fixture-zcu102", List.of("HZ-46"));
            HazardScripts.cycle(b);
            assertThat(b.state()).isEqualTo(BoardState.CRASHED);
            assertThat(b.live.count("fault", "NULL_CALL")).isEqualTo(1);
        }
    }

    /** HZ-30 is a fact about guests; the others have tests of their own in the catalogue's. */
    @Test
    void everyHazardHasItsSymptomHereOrATestOfItsOwn() {
        TreeSet<String> shown = new TreeSet<>();
        symptoms().forEach(line -> shown.add(line.hazard()));
        List<String> missing = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (!shown.contains(hazard.id())) {
                missing.add(hazard.id());
            }
        }
        assertThat(missing).containsExactly("HZ-30", "HZ-49", "HZ-55", "HZ-69", "HZ-70");
    }
}

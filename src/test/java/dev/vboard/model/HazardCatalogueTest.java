package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.report.InvariantsReport;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.Hazards;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The catalogue of known bugs as a whole (xen-suspend.md 7.1, 7.2). */
class HazardCatalogueTest {
    private static final String ZCU102 = "fixture-zcu102";

    @Test
    void eachHazardHasItsOwnIdNumberAndStory() {
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<Integer> numbers = new TreeSet<>();
        for (Hazard hazard : Hazard.all()) {
            assertThat(hazard.id()).matches("HZ-[0-9]{2}[a-z]?");
            assertThat(Hazard.find(hazard.id())).contains(hazard);
            assertThat(hazard.index()).isBetween(0, Hazard.NUMBERS - 1);
            assertThat(hazard.story().shortName()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(hazard.story().generations()).isNotBlank();
            assertThat(List.of(
                            hazard.story().wrong(),
                            hazard.story().symptom(),
                            hazard.story().correct()))
                    .allMatch(sentence -> sentence.endsWith("."));
            ids.add(hazard.id());
            numbers.add(hazard.index());
        }
        assertThat(ids).hasSize(83).contains("HZ-04b", "HZ-27h", "HZ-38e", "HZ-39q", "HZ-48b");
        assertThat(numbers).hasSize(83);
    }

    @Test
    void onlyThreeHazardsHaveNoInvariant() {
        List<String> ids = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (hazard.story().detectors().isEmpty()) {
                ids.add(hazard.id());
            }
        }
        assertThat(ids).containsExactly("HZ-55", "HZ-69", "HZ-70");
    }

    @Test
    void aNewBoardHoldsAllInvariants() {
        LiveBoard live = new LiveBoard(ZCU102, LiveBoard.options("rfc2018", 2));
        InvariantsReport report = live.done(new Query.Invariants());
        assertThat(report.violated()).isZero();
        assertThat(report.items()).hasSize(Invariant.COUNT);
        assertThat(report.items()).allMatch(InvariantsReport.Invariant::held);
        assertThat(report.items().get(9).hazards()).containsExactly("HZ-01");
    }

    static List<HazardCase> table() {
        List<HazardCase> all = new ArrayList<>(HazardTable.all());
        all.addAll(HazardTable.more());
        return all;
    }

    @ParameterizedTest
    @MethodSource("table")
    void withTheSwitchOnItsInvariantsAreViolated(HazardCase line) {
        assertThat(line.play(true)).containsAll(line.invariants());
        List<String> detectors = new ArrayList<>();
        for (Invariant detector :
                Hazard.find(line.hazard()).orElseThrow().story().detectors()) {
            detectors.add(detector.name());
        }
        assertThat(detectors).containsAll(line.invariants());
    }

    @ParameterizedTest
    @MethodSource("table")
    void withTheSwitchOffNothingIsViolated(HazardCase line) {
        assertThat(line.play(false)).isEmpty();
    }

    @Test
    void everySwitchThatCanBePutOnIsInTheTable() {
        TreeSet<String> shown = new TreeSet<>();
        HazardTable.all().forEach(line -> shown.add(line.hazard()));
        List<String> missing = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            if (!shown.contains(hazard.id())) {
                missing.add(hazard.id());
            }
        }
        assertThat(missing).containsExactly("HZ-49", "HZ-55", "HZ-69", "HZ-70");
    }

    @Test
    void hz49_onASingleCpuNobodyPublishesTheResumePathsRoot() {
        for (boolean on : new boolean[] {true, false}) {
            List<String> hazards = on ? List.of("HZ-49") : List.of();
            LiveBoard live = new LiveBoard(
                    "fixture-uniprocessor",
                    LiveBoard.options("rfc2018", 1, 1, "AFTER_DOM0_RAN", false, hazards));
            live.listen(0, 0, 58);
            live.psci(0, 0, "SYSTEM_SUSPEND", FixtureB.ENTRY, 1);
            live.fire(58, true);
            assertThat(live.reported()).isEqualTo(on ? List.of("I29", "I23") : List.of());
        }
    }

    @Test
    void hz55_aFailedSuspendLooksLikeAResume() {
        for (boolean on : new boolean[] {true, false}) {
            FixtureB b = FixtureB.of("host-v8", ZCU102, on ? List.of("HZ-55") : List.of());
            HazardFaultScripts.firmwareRefuses(b);
            assertThat(b.register(0, "pc")).isEqualTo(FixtureB.ENTRY);
            assertThat(b.live.host().lastHostStatus()).isEqualTo(on ? 0 : -16);
            assertThat(b.live.reported()).isEmpty();
        }
    }

    @Test
    void hz69_aZeroWriteToTheActiveBitsAborts() {
        for (boolean on : new boolean[] {true, false}) {
            FixtureB b = FixtureB.of("rfc2018", ZCU102, on ? List.of("HZ-69") : List.of());
            long distributor = 0x0300_1000L;
            assertThat(b.live.store(1, 0, distributor + 0x300, 0)).isEqualTo(!on);
            assertThat(b.live.reported()).isEmpty();
        }
    }

    @Test
    void hz70_theOsLockStatusIsUndefined() {
        for (boolean on : new boolean[] {true, false}) {
            FixtureB b = FixtureB.of("rfc2018", ZCU102, on ? List.of("HZ-70") : List.of());
            Object answer = b.live.done(new Action.Sysreg(
                    LiveBoard.caller(1, 0), "OSLSR_EL1", OptionalLong.empty(), false));
            assertThat(answer.toString()).contains(on ? "UNDEFINED" : "8");
            assertThat(b.live.reported()).isEmpty();
        }
    }

    @Test
    void aSwitchThatWouldDoNothingIsRefused() {
        int refused = 0;
        for (Flavour flavour : Flavour.values()) {
            LiveBoard live = new LiveBoard(ZCU102, LiveBoard.options(flavour.wire(), 2));
            for (Hazard hazard : Hazard.all()) {
                Action action = new Action.SetHazards(List.of(hazard.id()));
                if (Hazards.whyNot(hazard, flavour).isPresent()) {
                    assertThat(live.refused(action).detail())
                            .isEqualTo(hazard.id() + " has no place in flavour " + flavour.wire());
                    refused++;
                } else {
                    assertThat(live.<List<String>>done(action)).containsExactly(hazard.id());
                }
            }
        }
        assertThat(refused).isBetween(40, 100);
    }

    @Test
    void everyFlavourTakesTheSwitchesThatItsScriptsNeed() {
        for (HazardCase line : HazardTable.all()) {
            Flavour flavour = Flavour.find(line.flavour()).orElseThrow();
            Hazard hazard = Hazard.find(line.hazard()).orElseThrow();
            assertThat(Hazards.whyNot(hazard, flavour)).as(line.hazard()).isEmpty();
        }
    }
}

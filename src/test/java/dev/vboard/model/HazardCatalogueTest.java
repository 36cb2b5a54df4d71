package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Refusal;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;
import dev.vboard.model.report.InvariantsReport;
import dev.vboard.model.xen.Hazards;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aSwitchThatWouldDoNothingIsRefused() {
        FixtureB b = FixtureB.on(ZCU102);
        for (Hazard hazard : Hazard.all()) {
            Action action = new Action.SetHazards(List.of(hazard.id()));
            if (Hazards.whyNot(hazard).isPresent()) {
                Refusal refusal = b.live.refused(action);
                assertThat(refusal.detail()).contains(hazard.id());
            } else {
                assertThat(b.live.<List<String>>done(action)).containsExactly(hazard.id());
            }
        }
    }
}

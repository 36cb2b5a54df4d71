package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * A machine without the checks of the invariants is one to measure with: its boards do what others
 * do, and nothing is found on them (xen-suspend.md 7.2). That the product never asks for one is a
 * rule of its architecture.
 */
class UncheckedMachineTest {
    private static final String ZCU102 = "fixture-zcu102";

    private static List<String> played(FixtureB b) {
        HazardScripts.cycle(b);
        return b.live.log.stream()
                .filter(line -> !line.contains(" invariant-violated "))
                .toList();
    }

    @Test
    void withoutChecksACycleIsTheSame() {
        FixtureB checked = FixtureB.on(ZCU102);
        FixtureB unchecked = FixtureB.unchecked(ZCU102);
        assertThat(played(unchecked)).isEqualTo(played(checked)).hasSizeGreaterThan(100);
        assertThat(checked.live.reported()).isEmpty();
    }

    @Test
    void withoutChecksAKnownBugIsNotFound() {
        FixtureB checked = FixtureB.on(ZCU102, "HZ-10");
        FixtureB unchecked = FixtureB.unchecked(ZCU102, "HZ-10");
        assertThat(played(unchecked)).isEqualTo(played(checked));
        assertThat(checked.live.reported()).contains("I16");
        assertThat(unchecked.live.reported()).isEmpty();
    }
}

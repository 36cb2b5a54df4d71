package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The steps of the host series in order (xen-suspend.md 4.2, 5.1, S16). */
class XenStepOrderTest {
    private static final String ZCU102 = "fixture-zcu102";
    private static final String V8 = "host-v8";
    private static final String V11 = "host-v11";

    @Test
    void s16_theStepsOfRevision8InOrder() {
        FixtureB b = FixtureB.of(V8, ZCU102);
        b.suspendAll();
        b.ring();
        assertEquals(
                List.of(
                        "freeze ok",
                        "scheduler-off ok",
                        "check-domains ok",
                        "cpu-down@1 ok",
                        "cpu-down@2 ok",
                        "cpu-down@3 ok",
                        "timers-quiet ok",
                        "iommu-suspend ok",
                        "console-suspend ok",
                        "irqs-off ok",
                        "gic-suspend ok",
                        "save-context ok",
                        "el3-system-suspend ok",
                        "resume-entry ok",
                        "gic-resume ok",
                        "irqs-on ok",
                        "console-resume ok",
                        "iommu-resume ok",
                        "timers-restart ok",
                        "rcu-barrier ok",
                        "cpu-up@1 ok",
                        "cpu-up@2 ok",
                        "cpu-up@3 ok",
                        "spi-targets ok",
                        "scheduler-on ok",
                        "thaw ok",
                        "initiator-resume ok"),
                b.live.steps());
    }

    @Test
    void s16_theStepsOfRevision11InOrder() {
        FixtureB b = FixtureB.of(V11, ZCU102);
        b.suspendAll();
        b.ring();
        assertEquals(
                List.of(
                        "freeze ok",
                        "scheduler-off ok",
                        "cpu-down@1 ok",
                        "cpu-down@2 ok",
                        "cpu-down@3 ok",
                        "iommu-suspend ok",
                        "console-suspend ok",
                        "irqs-off ok",
                        "timers-quiet ok",
                        "gic-suspend ok",
                        "save-context ok",
                        "el3-system-suspend ok",
                        "resume-entry ok",
                        "gic-resume ok",
                        "timers-restart ok",
                        "irqs-on ok",
                        "console-resume ok",
                        "iommu-resume ok",
                        "rcu-barrier ok",
                        "cpu-up@1 ok",
                        "cpu-up@2 ok",
                        "cpu-up@3 ok",
                        "spi-targets ok",
                        "scheduler-on ok",
                        "thaw ok",
                        "initiator-resume ok"),
                b.live.steps());
    }
}

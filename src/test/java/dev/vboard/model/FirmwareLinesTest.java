package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.report.BoardState;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What EL3 prints on the board's console (xen-suspend.md 8.4). */
class FirmwareLinesTest {
    private static final String IDENTITY = "NOTICE:  BL31: v";
    private static final String BUILT = "NOTICE:  BL31: Built : ";

    private static List<String> notices(LiveBoard live) {
        return live.log.stream()
                .filter(line -> line.contains(" console ") && line.contains("NOTICE:  "))
                .map(line -> line.substring(line.indexOf("NOTICE:  ")))
                .toList();
    }

    private static void twoLines(List<String> notices) {
        assertThat(notices).hasSize(2);
        assertThat(notices.get(0)).startsWith(IDENTITY);
        assertThat(notices.get(1)).startsWith(BUILT);
    }

    @Test
    void itSaysWhoItIsAtEachBootBeforeXenDoes() {
        LiveBoard live = new LiveBoard("zcu102", LiveBoard.options("rfc2018", 1));
        twoLines(notices(live));
        int first = indexOf(live, IDENTITY);
        assertThat(first).isLessThan(indexOf(live, "(XEN) Using PSCI"));
        live.done(new Action.Reset());
        assertThat(notices(live)).hasSize(4);
    }

    private static int indexOf(LiveBoard live, String text) {
        for (int i = 0; i < live.log.size(); i++) {
            if (live.log.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError(text);
    }

    @Test
    void itPrintsWithoutXenTooAndQemusOwnNever() {
        twoLines(notices(new LiveBoard("zcu102", LiveBoard.options("none", 1))));
        assertThat(notices(new LiveBoard("qemu-virt", LiveBoard.options("rfc2018", 1))))
                .isEmpty();
    }

    @Test
    void aReleaseBuildPrintsNothingAroundASuspend() {
        FixtureB b = FixtureB.on("fixture-zcu102");
        b.suspendAll();
        b.ring();
        twoLines(notices(b.live));
    }

    /** As on Renesas RZ; it is on the wire although Xen's output is stolen. */
    @Test
    void aFirmwareThatRunsBl2AtEachWakeUpSaysSo() {
        LiveBoard live = new LiveBoard("fixture-bl2", LiveBoard.options("host-v8", 1));
        live.listen(0, 0, 58);
        for (int cycle = 1; cycle <= 2; cycle++) {
            live.psci(0, 0, "SYSTEM_SUSPEND", FixtureB.ENTRY, 1);
            assertThat(live.summary().state()).isEqualTo(BoardState.SUSPENDED);
            live.fire(58, true);
            List<String> notices = notices(live);
            assertThat(notices).hasSize(2 + 3 * cycle);
            assertThat(notices.get(3 * cycle - 1)).startsWith("NOTICE:  BL2: v");
            assertThat(notices.getLast()).isEqualTo("NOTICE:  BL2: Booting BL31");
            live.ack(0, 0);
            live.fire(58, false);
            live.eoi(0, 0, 58);
        }
    }
}

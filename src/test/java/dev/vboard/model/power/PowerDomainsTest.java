package dev.vboard.model.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Layout;
import dev.vboard.model.report.PowerState;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The tree of power domains (xen-suspend.md 6, psci.md 5 and 6). */
class PowerDomainsTest {
    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());
    private final PowerDomains domains = rig.domains;
    private final int fpd = domains.index("fpd");
    private final int cpu0 = domains.index("cpu0");

    @Test
    void everyCpuHasADomainBelowItsCluster() {
        assertThat(domains.count()).isEqualTo(8);
        assertThat(domains.name(domains.parent(cpu0))).isEqualTo("apu");
        assertThat(domains.parent(domains.index("apu"))).isEqualTo(fpd);
        assertThat(domains.parent(fpd)).isEqualTo(-1);
        assertThat(domains.ofCpu(3)).isEqualTo(domains.index("cpu3"));
        assertThat(domains.ancestor(3, 0)).isEqualTo(domains.index("cpu3"));
        assertThat(domains.ancestor(3, 2)).isEqualTo(fpd);
        assertThat(domains.isBelow(cpu0, fpd)).isTrue();
        assertThat(domains.isBelow(domains.index("lpd"), fpd)).isFalse();
        assertThatThrownBy(() -> domains.index("nowhere"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDomainKnowsWhatLivesInIt() {
        assertThat(domains.contents(fpd)).containsExactly("gic", "sata");
        assertThat(domains.contents(domains.index("lpd"))).contains("uart0");
        assertThat(domains.contents(cpu0)).containsExactly("cpu0");
        assertThat(domains.contents("fpd", true)).isEqualTo(fpd);
        assertThat(domains.contents("fpd", false)).isEqualTo(Layout.ALWAYS_ON);
        assertThat(domains.contents("", true)).isEqualTo(Layout.ALWAYS_ON);
    }

    @Test
    void afterTheBootOnlyTheBootCpusPathIsOn() {
        assertThat(domains.isOn(rig.board, cpu0)).isTrue();
        assertThat(domains.isOn(rig.board, fpd)).isTrue();
        assertThat(domains.isOn(rig.board, domains.index("cpu1"))).isFalse();
        assertThat(domains.isOn(rig.board, domains.index("lpd"))).isTrue();
    }

    @Test
    void goingOffLosesContentsChildrenFirstAndTellsTheListeners() {
        List<String> heard = new ArrayList<>();
        domains.listen(new PowerDomains.Listener() {
            @Override
            public void goingOff(Board board, int domain) {
                heard.add("going " + domains.name(domain) + " " + rig.x(0, 5));
            }

            @Override
            public void wentOff(Board board, int domain) {
                heard.add("off " + domains.name(domain) + " " + rig.x(0, 5));
            }

            @Override
            public void cameOn(Board board, int domain) {
                heard.add("on " + domains.name(domain));
            }
        });
        rig.cpus.get(0).gprs().x(5).set(rig.board, 5);
        domains.off(rig.board, fpd);
        domains.off(rig.board, fpd);
        domains.on(rig.board, cpu0);
        domains.on(rig.board, cpu0);
        assertThat(heard)
                .containsExactly(
                        "going cpu0 5",
                        "off cpu0 0",
                        "going apu 0",
                        "off apu 0",
                        "going fpd 0",
                        "off fpd 0",
                        "on fpd",
                        "on apu",
                        "on cpu0");
    }

    @Test
    void anAlwaysOnDomainStaysOn() {
        domains.off(rig.board, domains.index("lpd"));
        assertThat(domains.isOn(rig.board, domains.index("lpd"))).isTrue();
    }

    @Test
    void retentionKeepsContents() {
        rig.cpus.get(0).gprs().x(5).set(rig.board, 5);
        domains.retain(rig.board, cpu0);
        assertThat(domains.state(rig.board, cpu0)).isEqualTo(PowerState.RETENTION);
        domains.on(rig.board, cpu0);
        assertThat(rig.x(0, 5)).isEqualTo(5);
        assertThat(rig.events).isEmpty();
    }

    @Test
    void aResetBoardIsAFreshBoard() {
        long fresh = rig.board.fingerprint();
        rig.start(1, 2);
        rig.enable(53, 0b111);
        domains.reset(rig.board);
        rig.psci.coldBoot(rig.board);
        rig.cpus.get(0).released(rig.board, false);
        rig.clock.advanceTo(rig.board, 0);
        assertThat(rig.board.fingerprint()).isEqualTo(fresh);
        assertThat(rig.board.fingerprint()).isEqualTo(rig.board.computeFingerprint());
    }
}

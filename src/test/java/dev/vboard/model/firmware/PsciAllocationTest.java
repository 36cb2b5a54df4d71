package dev.vboard.model.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Gprs;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/** The hot path of polling software: AFFINITY_INFO makes no garbage. */
class PsciAllocationTest {
    private static final int CALLS = 10_000;

    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());

    private void poll() {
        Gprs caller = rig.cpus.get(0).gprs();
        for (int i = 0; i < CALLS; i++) {
            caller.x(0).set(rig.board, 0xC400_0004L);
            caller.x(1).set(rig.board, 3);
            caller.x(2).set(rig.board, 0);
            rig.psci.smc(rig.board, Access.el2(0));
            rig.psci.wakeSuspended(rig.board);
        }
    }

    @Test
    void affinityInfoAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        rig.board.events(Events.NONE);
        poll();
        long before = threads.getCurrentThreadAllocatedBytes();
        poll();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(CALLS);
        assertThat(rig.x(0, 0)).isEqualTo(1);
    }
}

package dev.vboard.model.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vboard.model.PlatformRig;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.GuestSoftware;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.Observables;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The states of a domain's shutdown, and who may put it off (xen-suspend.md 1.4, 2.3 G6). */
class ShutdownTest {
    private final PlatformRig rig = new PlatformRig("fixture-zcu102");
    private final Hypervisor xen = new Hypervisor(rig.platform, (_, _) -> new Nobody());
    private final Board board = rig.boot(xen.shape());
    private final Domain domain = domain();

    /** A guest that does nothing by itself. */
    private record Nobody() implements GuestSoftware {
        @Override
        public boolean react(Board on) {
            return false;
        }

        @Override
        public void ask(Board on, Request request) {
            throw new IllegalStateException("nobody listens");
        }

        @Override
        public boolean busy(Board on) {
            return false;
        }

        @Override
        public boolean asleep(Board on) {
            return false;
        }

        @Override
        public void typed(Board on, String line) {
            throw new IllegalStateException("nobody reads");
        }
    }

    private Domain domain() {
        DomainConfig config = new DomainConfig(
                "d",
                2,
                List.of(1, 1),
                256,
                DomainReport.Guest.MANUAL,
                false,
                false,
                false,
                false,
                0,
                List.of(),
                List.of(),
                List.of(),
                DomainConfig.Extras.of(2));
        xen.boot()
                .configure(
                        board,
                        new XenBoot.Config(
                                Flavour.UPSTREAM, List.of(), false, "NONE", false, config, 1));
        return xen.domains().live(board).getFirst();
    }

    private Observables.ShutdownState state() {
        return domain.shutdownState(board);
    }

    @Test
    void aShutdownIsInProgressUntilNobodyDefersIt() {
        Vcpu second = domain.vcpus().getLast();
        xen.shutdown.defer(board, second);
        xen.shutdown.shutDown(board, domain, Shutdown.SUSPEND);
        assertEquals(Observables.ShutdownState.IN_PROGRESS, state());
        assertEquals(1, domain.vcpus().getFirst().pauseCount(board));
        assertEquals(0, second.pauseCount(board));
        xen.shutdown.deferNoLonger(board, domain, second);
        assertEquals(Observables.ShutdownState.COMPLETE, state());
        assertEquals(1, second.pauseCount(board));
        assertTrue(domain.suspended(board));
    }

    @Test
    void theFirstCodeIsLatchedAndASecondShutdownChangesNothing() {
        xen.shutdown.shutDown(board, domain, Shutdown.CRASH);
        xen.shutdown.shutDown(board, domain, Shutdown.SUSPEND);
        assertEquals(Shutdown.CRASH, domain.shutdownCode(board));
        assertEquals(1, domain.vcpus().getFirst().pauseCount(board));
    }

    @Test
    void aResumeTakesBackExactlyThePausesOfTheShutdown() {
        Vcpu second = domain.vcpus().getLast();
        xen.shutdown.defer(board, second);
        xen.shutdown.shutDown(board, domain, Shutdown.SUSPEND);
        xen.shutdown.resume(board, domain, Domain.WakeKind.TOOLSTACK);
        assertEquals(Observables.ShutdownState.NONE, state());
        assertEquals(Domain.NO_CODE, domain.shutdownCode(board));
        for (Vcpu vcpu : domain.vcpus()) {
            assertEquals(0, vcpu.pauseCount(board));
        }
        xen.shutdown.resume(board, domain, Domain.WakeKind.TOOLSTACK);
        assertEquals(0, domain.resumeCount(board));
    }
}

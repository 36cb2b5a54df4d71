package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.SnapshotException;
import dev.vboard.model.core.SnapshotException.Reason;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Hypervisor;

/** Makes a board of a snapshot, segment by segment: what one holds tells which others there are. */
final class Restoring {
    private final Hardware hardware;
    private final Hypervisor xen;
    private final OptionChecks checks;

    Restoring(Hardware hardware, Hypervisor xen, OptionChecks checks) {
        this.hardware = hardware;
        this.xen = xen;
        this.checks = checks;
    }

    Board restore(Snapshot snapshot) {
        if (!snapshot.profileId().equals(hardware.profile.id())) {
            throw new SnapshotException(
                    Reason.PROFILE,
                    "the snapshot is of a " + snapshot.profileId() + ", this is a "
                            + hardware.profile.id());
        }
        checks.check(snapshot.options()).ifPresent(wrong -> {
            throw new SnapshotException(Reason.PROFILE, wrong.detail());
        });
        Board board = new Board(hardware.slots(), snapshot.options());
        board.attach(hardware.shape);
        snapshot.restoreSegment(board, Board.HARDWARE);
        if (snapshot.has(Board.XEN)) {
            board.attach(xen.shape());
            snapshot.restoreSegment(board, Board.XEN);
            restoreDomains(board, snapshot);
        }
        int lost = hardware.lost.shape().slot();
        if (snapshot.has(lost)) {
            board.attach(hardware.lost.shape());
            snapshot.restoreSegment(board, lost);
        }
        snapshot.restoreRam(board);
        check(board, snapshot);
        return board;
    }

    private void restoreDomains(Board board, Snapshot snapshot) {
        if (!xen.domains().attachAll(board)) {
            throw new SnapshotException(Reason.CONTENT, "no domain can be of that size");
        }
        for (Domain domain : xen.domains().live(board)) {
            snapshot.restoreSegment(board, domain.slot());
        }
    }

    private static void check(Board board, Snapshot snapshot) {
        int present = 0;
        for (int slot = 0; slot < board.slots(); slot++) {
            present += board.has(slot) ? 1 : 0;
        }
        if (present != snapshot.segments()) {
            throw new SnapshotException(Reason.LAYOUT, "there are cells nobody here knows");
        }
        board.impossibleCell().ifPresent(cell -> {
            throw new SnapshotException(Reason.CONTENT, cell + " cannot have that value");
        });
        if (board.fingerprint() != snapshot.fingerprint()) {
            throw new SnapshotException(Reason.CONTENT, "the fingerprint is another one");
        }
    }
}

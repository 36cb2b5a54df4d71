package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/** What suspend bugs break in Xen's own image: init text, mappings, the resume path's root. */
final class XenImage {
    private final Hypervisor xen;
    private final Flag initTextReleased;
    private final Flag writeImpliesXn;
    private final Flag identityMap;
    private final Cell resumeRoot;

    XenImage(Hypervisor xen, Layout layout) {
        this.xen = xen;
        Layout own = layout.named("image");
        initTextReleased = own.flag("init-text-released");
        writeImpliesXn = own.flag("write-implies-xn");
        identityMap = own.flag("identity-map");
        resumeRoot = own.cell("resume-root", 64);
    }

    /** The boot is over: what only it needs is gone, and no page is both writable and executable. */
    void booted(Board board) {
        initTextReleased.set(board, true);
        writeImpliesXn.set(board, true);
        identityMap.set(board, false);
    }

    /** Code of the boot is executed (xen-suspend.md 5.3); false when it is gone. */
    boolean touchInitText(Board board, int cpu) {
        boolean gone = initTextReleased.get(board);
        if (gone) {
            xen.checks.cpus.initTextTouched(board, cpu);
            EventType.FAULT.emit(board, xen.now(board), cpu, 0, "INIT_TEXT");
        }
        return !gone;
    }

    /** The resume path will find its page tables, and itself at the address it starts at. */
    void prepareResume(Board board, boolean publishRoot) {
        if (publishRoot) {
            resumeRoot.set(board, xen.platform.xenBase());
        }
        identityMap.set(board, true);
    }

    /** The boot CPU has its MMU on again: mappings as they are in operation. */
    void resumed(Board board) {
        writeImpliesXn.set(board, true);
        identityMap.set(board, false);
    }

    /** The boot CPU comes from reset: SCTLR_EL2.WXN is clear. */
    void powerLost(Board board) {
        writeImpliesXn.set(board, false);
    }

    boolean rootPublished(Board board) {
        return resumeRoot.get(board) != 0;
    }

    boolean identityMapped(Board board) {
        return identityMap.get(board);
    }

    boolean writableIsNotExecutable(Board board) {
        return writeImpliesXn.get(board);
    }
}

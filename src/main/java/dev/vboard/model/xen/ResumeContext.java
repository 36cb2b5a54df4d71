package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;

/**
 * What a domain that suspended through vPSCI will be entered with, kept apart from its registers
 * until it is resumed, so that a switch-out in between cannot spoil it; and the environment a guest
 * finds at an entry point (xen-suspend.md 1.4, 2.5).
 */
public final class ResumeContext {
    /** EL1h with D, A, I and F masked. */
    static final long PSTATE_64 = 0x3C5;

    /** Supervisor mode, Z set, A, I and F masked. */
    static final long PSTATE_32 = 0x4000_01D3L;

    static final long THUMB = 0x20;

    /** MMU and caches off. */
    static final long SCTLR_GUEST_INIT = 0x00C5_0078L;

    private static final int THROUGH_TCR = Vcpu.EL1.indexOf("TCR_EL1");

    private final Flag present;
    private final Cell entry;
    private final Cell contextId;
    private final Cell vcpu;

    ResumeContext(Layout domain) {
        Layout layout = domain.named("resume-ctx");
        present = layout.flag("present");
        entry = layout.cell("entry", 64);
        contextId = layout.cell("context-id", 64);
        vcpu = layout.cell("vcpu", 8);
    }

    /** Whether there is one. */
    public boolean present(Board board) {
        return present.get(board);
    }

    /** Where the guest is entered. */
    public long entry(Board board) {
        return entry.get(board);
    }

    /** What it finds in x0. */
    public long contextId(Board board) {
        return contextId.get(board);
    }

    /** The vCPU that is woken. */
    public int vcpu(Board board) {
        return vcpu.getInt(board);
    }

    void store(Board board, Vcpu caller, long entryPoint, long context) {
        entry.set(board, entryPoint);
        contextId.set(board, context);
        vcpu.set(board, caller.id);
        present.set(board, true);
    }

    /** Loads the stored context, or zeros where none is, into its vCPU, and forgets it. */
    void apply(Board board, Domain domain) {
        Vcpu woken = domain.vcpus.get(vcpu.getInt(board));
        load(board, domain, woken, entry.get(board), contextId.get(board), false);
        present.set(board, false);
        entry.set(board, 0);
        contextId.set(board, 0);
        vcpu.set(board, 0);
    }

    /**
     * Puts the environment of an entry point into a vCPU's saved registers.
     *
     * @param allOfEl1 clear every register of EL1; else the MMU is off and the others are left as
     *     they were
     */
    static void load(
            Board board, Domain domain, Vcpu vcpu, long entry, long contextId, boolean allOfEl1) {
        boolean wide = !domain.is32Bit(board);
        boolean thumb = !wide && (entry & 1) != 0;
        vcpu.gprs.clear(board);
        vcpu.gprs.x(0).set(board, wide ? contextId : contextId & 0xFFFF_FFFFL);
        vcpu.gprs.pc().set(board, wide ? entry : entry & 0xFFFF_FFFEL);
        vcpu.gprs.pstate().set(board, wide ? PSTATE_64 : thumb ? PSTATE_32 | THUMB : PSTATE_32);
        int count = allOfEl1 ? vcpu.el1.size() : THROUGH_TCR + 1;
        for (int i = 0; i < count; i++) {
            vcpu.el1.get(i).set(board, 0);
        }
        vcpu.el1.getFirst().set(board, SCTLR_GUEST_INIT);
    }
}

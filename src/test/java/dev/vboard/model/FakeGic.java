package dev.vboard.model;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.gic.Gic;
import dev.vboard.model.power.PowerDomains;
import dev.vboard.model.profile.BoardProfile;

/** An interrupt controller without priorities, as much as the firmware can see of one. */
public final class FakeGic implements Gic {
    private final Intids intids;
    private final Lines lines;
    private final PowerDomains domains;
    private final int domain;
    private final boolean keeps;
    private final Bits enabled;
    private final Bits active;
    private final Bits latch;
    private final Bytes targets;
    private final Bits interfaceUp;
    private final Bits secureInits;

    /** Declares it where the profile says the GIC is. */
    public FakeGic(Layout layout, Lines lines, PowerDomains domains, BoardProfile profile) {
        this.intids = lines.intids();
        this.lines = lines;
        this.domains = domains;
        domain = domains.index(profile.gic().powerDomain());
        boolean lost = profile.power().gicLostInSuspend();
        keeps = !lost;
        Layout gic = layout.named("gic").in(domains.contents(profile.gic().powerDomain(), lost));
        enabled = gic.bits("enabled", intids.count());
        active = gic.bits("active", intids.count());
        latch = gic.bits("latch", intids.count());
        targets = gic.bytes("targets", intids.count(), 0);
        interfaceUp = gic.bits("interface-up", intids.cpus());
        secureInits = layout.named("gic").bits("secure-inits", 8);
        lines.listen(this::changed);
    }

    private void changed(Board board, int index, boolean high) {
        if (high && lines.isEdge(board, index) && (keeps || domains.isOn(board, domain))) {
            latch.set(board, index, true);
        }
    }

    /** Enables an interrupt and aims it at the CPUs of a mask. */
    public void enable(Board board, int cpu, int intid, int mask) {
        int index = intids.index(cpu, intid);
        enabled.set(board, index, true);
        targets.set(board, index, mask);
    }

    /** Sets the active bit of a shared interrupt. */
    public void activate(Board board, int intid) {
        active.set(board, intids.index(0, intid), true);
    }

    /** Switches the interface of a CPU as its own software does, EL3 not being asked. */
    public void interfaceUp(Board board, int cpu, boolean up) {
        interfaceUp.set(board, cpu, up);
    }

    /** Whether the interface of a CPU is on. */
    public boolean isInterfaceUp(Board board, int cpu) {
        return interfaceUp.get(board, cpu);
    }

    /** How often EL3 has initialised it, up to eight. */
    public int secureInits(Board board) {
        return Long.bitCount(secureInits.word(board, 0));
    }

    /** Leaves one initialisation counted, as after a boot. */
    public void forgetInits(Board board) {
        secureInits.setWord(board, 0, 1);
    }

    @Override
    public boolean signals(Board board, int cpu) {
        if (!interfaceUp.get(board, cpu)) {
            return false;
        }
        for (int index = 0; index < intids.count(); index++) {
            boolean mine = (targets(board, index) >>> cpu & 1) != 0;
            if (mine && enabled(board, index) && !active(board, index) && pending(board, index)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void secureInit(Board board) {
        secureInits.set(board, secureInits(board), true);
    }

    @Override
    public void cpuInterfaceUp(Board board, int cpu) {
        interfaceUp.set(board, cpu, true);
    }

    @Override
    public void cpuInterfaceDown(Board board, int cpu) {
        interfaceUp.set(board, cpu, false);
    }

    @Override
    public boolean enabled(Board board, int index) {
        return enabled.get(board, index);
    }

    @Override
    public boolean pending(Board board, int index) {
        return latch.get(board, index)
                || lines.high(board, index) && !lines.isEdge(board, index);
    }

    @Override
    public boolean active(Board board, int index) {
        return active.get(board, index);
    }

    @Override
    public int targets(Board board, int index) {
        return intids.cpu(index) < 0 ? targets.get(board, index) : 1 << intids.cpu(index);
    }
}

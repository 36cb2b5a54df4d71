package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.power.PowerDomains;

import java.util.List;

/** The cores of a board, and how they agree on the power of what they share (psci.md 5). */
final class Cores {
    /** The affinity fields of an MPIDR; other bits of a target do not matter. */
    static final long AFFINITY_FIELDS = 0xFF_00FF_FFFFL;

    private final List<Core> all;
    private final PowerDomains domains;
    private final int maximumLevel;

    Cores(List<Core> all, PowerDomains domains) {
        this.all = all;
        this.domains = domains;
        int cluster = domains.ancestor(0, 1) >= 0 ? 1 : 0;
        maximumLevel = domains.ancestor(0, 2) >= 0 ? 2 : cluster;
    }

    List<Core> all() {
        return all;
    }

    Core get(int cpu) {
        return all.get(cpu);
    }

    /** The platform's highest power level, 0 to 2. */
    int maximumLevel() {
        return maximumLevel;
    }

    /** The number of the CPU with those affinity fields, or -1. */
    int find(long target) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).cpu().spec().mpidr() == (target & AFFINITY_FIELDS)) {
                return i;
            }
        }
        return -1;
    }

    boolean othersAreOff(Board board, int cpu) {
        for (Core core : all) {
            if (core.id() != cpu && !core.cpu().is(board, CpuPower.OFF)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all have been started, in CPU_SUSPEND or not. */
    boolean areOn(Board board) {
        for (Core core : all) {
            if (core.cpu().is(board, CpuPower.OFF) || core.cpu().is(board, CpuPower.ON_PENDING)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no other CPU of its node at that level executes or is about to. */
    boolean isLast(Board board, int cpu, int level) {
        int domain = domains.ancestor(cpu, level);
        for (Core core : all) {
            boolean idle = switch (core.cpu().power(board)) {
                case OFF, STANDBY, POWERDOWN -> true;
                case ON, ON_PENDING -> false;
            };
            boolean sibling = domains.isBelow(core.cpu().powerDomain(), domain);
            if (core.id() != cpu && sibling && !idle) {
                return false;
            }
        }
        return true;
    }

    /** The shallowest state any CPU below a domain asks for, one of them asking as given. */
    int vote(Board board, int domain, int level, int cpu, int request) {
        int agreed = Composite.local(request, level);
        for (Core core : all) {
            if (core.id() != cpu && domains.isBelow(core.cpu().powerDomain(), domain)) {
                agreed = Math.min(agreed, Composite.local(core.request(board), level));
            }
        }
        return agreed;
    }

    /**
     * Lets a CPU and the domains above it enter what it asks for and its siblings agree to; where
     * one level runs on, so do all above.
     */
    void enter(Board board, int cpu, int request) {
        get(cpu).request(board, request);
        enter(board, domains.ofCpu(cpu), 0, request);
        for (int level = 1; level <= maximumLevel; level++) {
            int domain = domains.ancestor(cpu, level);
            int agreed = domain < 0 ? Composite.RUN : vote(board, domain, level, cpu, request);
            if (agreed == Composite.RUN) {
                break;
            }
            enter(board, domain, level, Composite.with(Composite.ALL_RUN, level, agreed));
        }
    }

    private void enter(Board board, int domain, int level, int composite) {
        if (Composite.local(composite, level) == Composite.OFF) {
            domains.off(board, domain);
        } else {
            domains.retain(board, domain);
        }
    }
}

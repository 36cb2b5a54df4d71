package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;

/**
 * What a write to ICC_SGI0R_EL1, ICC_SGI1R_EL1 or ICC_ASGI1R_EL1 does (IHI 0069 12.2.25): an SGI to
 * the CPUs of a target list below one affinity, or to all but the sender. Targets that do not exist
 * are ignored. There is no range selector: CPUs with Aff0 above 15 are out of reach.
 */
final class SgiRegisters {
    private static final int AFF1 = 16;
    private static final int INTID = 24;
    private static final int AFF2 = 32;
    private static final int ALL_BUT_SELF = 40;
    private static final int RANGE = 44;
    private static final int AFF3 = 48;

    private final DistributorV3 distributor;
    private final Affinities affinities;

    SgiRegisters(DistributorV3 distributor, Affinities affinities) {
        this.distributor = distributor;
        this.affinities = affinities;
    }

    /** Generates what a written value says, for CPUs that have that SGI in the group asked for. */
    void generate(Board board, Access by, long value, int group) {
        int sgi = (int) (value >>> INTID & 0xF);
        for (int rest = targets(by.cpu(), value); rest != 0; rest &= rest - 1) {
            int target = Integer.numberOfTrailingZeros(rest);
            distributor.sendSgi(board, by, target, sgi, group);
        }
    }

    private int targets(int self, long value) {
        if ((value >>> ALL_BUT_SELF & 1) != 0) {
            int all = (int) ((1L << affinities.count()) - 1);
            return all & ~(1 << self);
        }
        if ((value >>> RANGE & 0xF) != 0) {
            return 0;
        }
        long upper = value >>> AFF3 << 16 & 0xFF_0000
                | value >>> AFF2 << 8 & 0xFF00
                | value >>> AFF1 & 0xFF;
        return affinities.listed((int) upper, (int) value & 0xFFFF);
    }

    /** The value that sends an SGI to one CPU, or 0xF as a target list nobody is in. */
    long valueFor(int sgi, int target) {
        int affinity = affinities.of(target);
        return (long) sgi << INTID
                | (long) (affinity >>> 24) << AFF3
                | (long) (affinity >>> 16 & 0xFF) << AFF2
                | (long) (affinity >>> 8 & 0xFF) << AFF1
                | ((affinity & 0xFF) < Affinities.LIST ? 1L << (affinity & 0xF) : 0);
    }
}

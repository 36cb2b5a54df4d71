package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.BoardProfile.MemoryRange;

/** MEM_PROTECT and MEM_PROTECT_CHECK_RANGE (psci.md 7.11). The protected ranges are the RAM. */
final class MemProtect {
    private MemProtect() {}

    /** Answers the setting there was before (PSCI-T21). */
    static long protect(Psci psci, Board board, Caller by) {
        boolean before = psci.memProtected(board);
        psci.memProtected(board, by.word(board, 1) != 0);
        return before ? 1 : 0;
    }

    static long checkRange(Psci psci, Board board, Caller by) {
        long base = by.argument(board, 1);
        long length = by.argument(board, 2);
        long last = base + length - 1;
        if (length == 0 || Long.compareUnsigned(last, base) < 0) {
            return PsciStatus.DENIED.code();
        }
        for (MemoryRange range : psci.profile.memory()) {
            long rangeLast = range.base() + range.sizeBytes() - 1;
            if (Long.compareUnsigned(base, range.base()) >= 0
                    && Long.compareUnsigned(last, rangeLast) <= 0) {
                return PsciStatus.SUCCESS.code();
            }
        }
        return PsciStatus.DENIED.code();
    }
}

package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.report.PowerState;

/**
 * PSCI_STAT_RESIDENCY and PSCI_STAT_COUNT (psci.md 7.17): the counter of the highest level of a
 * composite state. Bad arguments read as 0, not as an error (PSCI-T22).
 */
final class Stats {
    private Stats() {}

    static long residency(Psci psci, Board board, Caller by) {
        int asked = psci.format.parse(by.word(board, 2));
        int domain = domain(psci, board, by, asked);
        return domain < 0 ? 0 : psci.domains.residencyMicros(board, domain, state(asked));
    }

    static long count(Psci psci, Board board, Caller by) {
        int asked = psci.format.parse(by.word(board, 2));
        int domain = domain(psci, board, by, asked);
        return domain < 0 ? 0 : psci.domains.count(board, domain, state(asked));
    }

    private static int domain(Psci psci, Board board, Caller by, int asked) {
        int cpu = psci.cores.find(by.argument(board, 1));
        return cpu < 0 || asked == Composite.INVALID
                ? -1
                : psci.domains.ancestor(cpu, Composite.highest(asked));
    }

    private static PowerState state(int asked) {
        int local = Composite.local(asked, Composite.highest(asked));
        return local == Composite.OFF ? PowerState.OFF : PowerState.RETENTION;
    }
}

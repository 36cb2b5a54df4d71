package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Layout;

/** What is seldom said of a domain when it is made, kept as it was said (farm.md 11). */
final class DomainExtras {
    /** Longest command line in bytes. */
    static final int COMMAND_BYTES = 128;

    private final Cell vcpusAtBoot;
    private final Cell preferred;
    private final Cell uuidHigh;
    private final Cell uuidLow;
    private final Bytes commandLine;

    DomainExtras(Layout domain) {
        vcpusAtBoot = domain.cell("vcpus-at-boot", 8);
        preferred = domain.cell("preferred", 32);
        uuidHigh = domain.cell("uuid-high", 64);
        uuidLow = domain.cell("uuid-low", 64);
        commandLine = domain.bytes("command-line", COMMAND_BYTES, 0);
    }

    void set(Board board, DomainConfig.Extras extras) {
        vcpusAtBoot.set(board, extras.vcpusAtBoot());
        preferred.set(board, extras.preferred());
        uuidHigh.set(board, extras.uuidHigh());
        uuidLow.set(board, extras.uuidLow());
        String line = extras.commandLine();
        for (int i = 0; i < COMMAND_BYTES; i++) {
            commandLine.set(board, i, i < line.length() ? line.charAt(i) : 0);
        }
    }

    DomainConfig.Extras get(Board board) {
        return new DomainConfig.Extras(
                vcpusAtBoot(board),
                preferred.getInt(board),
                uuidHigh.get(board),
                uuidLow.get(board),
                Domain.text(board, commandLine, COMMAND_BYTES));
    }

    int vcpusAtBoot(Board board) {
        return vcpusAtBoot.getInt(board);
    }
}

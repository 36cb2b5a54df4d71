package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Software;

/**
 * The software at EL2 of a board without Xen: the REST caller. It takes nothing by itself and runs
 * only what it is told, call by call.
 */
final class BareMetal implements Software {
    @Override
    public void start(Board board, int cpu, long entry, long context) {
        // the CPU stands at its entry point until its driver makes it do something
    }

    @Override
    public boolean interrupt(Board board, int cpu) {
        return false;
    }

    @Override
    public void exception(Board board, int cpu, long syndrome) {
        // nothing runs below the caller
    }
}

package dev.vboard.runtime;

import dev.vboard.model.BootOptions;
import dev.vboard.model.Machine;
import dev.vboard.model.core.Board;
import dev.vboard.trace.EventLog;

/**
 * A board that has booted and that nobody ever touches: boards created alike begin as its forks, so
 * that booting happens once.
 */
public final class Template {
    private final Machine machine;
    private final BootOptions options;
    private final Board board;
    private final EventLog log;

    Template(Machine machine, BootOptions options) {
        this.machine = machine;
        this.options = options;
        log = new EventLog(
                machine.profile().limits().events(), machine.profile().limits().consoleBytes());
        board = machine.create(options, log);
    }

    /** Id of the profile that its boards have. */
    public String profileId() {
        return machine.profile().id();
    }

    /** How many physical CPUs its boards have. */
    public int cpus() {
        return machine.profile().cpus().size();
    }

    /** What its boards are created with. */
    public BootOptions options() {
        return options;
    }

    Machine machine() {
        return machine;
    }

    /** Forking writes nothing but marks that every fork writes alike, so it needs no lock. */
    Board board() {
        return board.fork();
    }

    EventLog log() {
        return log.fork();
    }
}

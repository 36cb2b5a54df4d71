package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.hazard.Invariant;

import java.util.ArrayList;
import java.util.List;

/** What boards under test have found of the invariants. */
public final class Held {
    private Held() {}

    /** Whether a command does something behind Xen's back. */
    public static boolean tampers(Command command) {
        return switch (command) {
            case Action.Psci call -> call.force();
            case Action.Smccc call -> call.caller() instanceof Caller.PhysicalCpu;
            default -> false;
        };
    }

    /** The ids in the events of violations, in order. */
    static List<String> reported(List<String> log) {
        List<String> ids = new ArrayList<>();
        for (String line : log) {
            if (line.contains(" invariant-violated ")) {
                ids.add(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return ids;
    }

    /** What has been violated, each with what was found; nothing on a board without Xen. */
    public static List<String> violations(Machine machine, Board board) {
        List<String> violations = new ArrayList<>();
        for (Invariant invariant : Invariant.all()) {
            if (board.has(Board.XEN) && !machine.invariants().held(board, invariant)) {
                violations.add(invariant.name() + ": "
                        + machine.invariants().violation(board, invariant).detail());
            }
        }
        return violations;
    }

    /** The same, of a board that was created without hazards and has none. */
    static List<String> violatedWithoutHazards(Machine machine, Board board) {
        BootOptions options = (BootOptions) board.creation();
        boolean healthy = options.hazards().isEmpty()
                && machine.handle(board, new Query.Hazards(), Machine.Settle.NO, () -> false)
                        instanceof Outcome.Done done
                && done.answer().equals(List.of());
        return healthy ? violations(machine, board) : List.of();
    }
}

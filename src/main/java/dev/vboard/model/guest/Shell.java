package dev.vboard.model.guest;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.core.GuestSoftware.Request;

/** The shell on a scripted guest's console: it knows what one needs to suspend. */
final class Shell {
    private static final String PROMPT = "# ";
    private static final String STATE = "/sys/power/state";
    private static final String MEM_SLEEP = "/sys/power/mem_sleep";

    private final GuestMachine machine;
    private final LinuxSuspend suspend;

    Shell(GuestMachine machine, LinuxSuspend suspend) {
        this.machine = machine;
        this.suspend = suspend;
    }

    void typed(Board board, String line) {
        machine.print(board, PROMPT + line.strip());
        switch (line.strip()) {
            case "" -> {
                // a new prompt is all there is
            }
            case "echo mem > " + STATE -> sleep(board);
            case "cat " + STATE -> show(board, STATE, "freeze mem");
            case "cat " + MEM_SLEEP ->
                show(board, MEM_SLEEP, suspend.deep(board) ? "s2idle [deep]" : "[s2idle]");
            case "poweroff" -> suspend.ask(board, Request.POWER_OFF);
            case "reboot" -> suspend.ask(board, Request.REBOOT);
            default -> {
                String command = line.strip();
                int end = command.indexOf(' ');
                String name = end < 0 ? command : command.substring(0, end);
                machine.print(board, "sh: " + name + ": not found");
            }
        }
    }

    private void sleep(Board board) {
        if (machine.suspends(board)) {
            suspend.ask(board, Request.SUSPEND);
        } else {
            machine.print(board, "sh: can't create " + STATE + ": nonexistent directory");
        }
    }

    private void show(Board board, String file, String content) {
        machine.print(
                board,
                machine.suspends(board)
                        ? content
                        : "cat: can't open '" + file + "': No such file or directory");
    }
}

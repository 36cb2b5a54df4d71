package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Console;
import dev.vboard.model.profile.FirmwareSpec;

/**
 * What a release build of the firmware prints on the board's console (xen-suspend.md 8.4): who it
 * is at each boot, nothing around a suspend, unless the way back runs BL2 once more. QEMU's own
 * firmware prints nothing.
 */
final class FirmwareLines {
    private static final String VERSION = "v2.12.0(release):v2.12.0";
    private static final String BUILT = "Built : 12:00:00, Nov 22 2024";

    private FirmwareLines() {}

    /** The board has come from reset; its console is set up. */
    static void boots(Board board, FirmwareSpec firmware, Console console) {
        if (!firmware.synthetic()) {
            say(board, console, "BL31: " + VERSION);
            say(board, console, "BL31: " + BUILT);
        }
    }

    /** The board comes back from SYSTEM_SUSPEND; BL2 sets up the console for itself. */
    static void wakes(Board board, FirmwareSpec firmware, Console console) {
        if (firmware.wakeRerunsBl2()) {
            console.open(board);
            say(board, console, "BL2: " + VERSION);
            say(board, console, "BL2: " + BUILT);
            say(board, console, "BL2: Booting BL31");
        }
    }

    private static void say(Board board, Console console, String text) {
        console.print(board, "NOTICE:  " + text);
    }
}

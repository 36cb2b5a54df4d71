package dev.vboard.model.core;

/**
 * What runs in a virtual machine. It acts between two actions, as a vCPU of its
 * {@link GuestMachine}, and remembers nothing but cells of the machine's segment.
 */
public interface GuestSoftware {
    /** What somebody asks of the software as a whole. */
    enum Request {
        NONE,
        SUSPEND,
        POWER_OFF,
        REBOOT
    }

    /** Puts software into machines as they are laid out. */
    @FunctionalInterface
    interface Loader {
        /** The software of one machine, with its cells at the cursor. */
        GuestSoftware load(Layout layout, GuestMachine machine);
    }

    /**
     * Executes what there is to execute now.
     *
     * @return whether there was anything
     */
    boolean react(Board board);

    /** Asks for something; it is done when the software comes to it. */
    void ask(Board board, Request request);

    /** Whether it is busy with something it was asked for. */
    boolean busy(Board board);

    /** Whether it has called SYSTEM_SUSPEND by itself and has not come back. */
    boolean asleep(Board board);

    /** A line is typed on the machine's console. */
    void typed(Board board, String line);
}

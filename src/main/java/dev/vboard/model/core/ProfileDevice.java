package dev.vboard.model.core;

import dev.vboard.model.profile.DeviceSpec;

import java.util.List;

/**
 * A device that a line of a profile stands for, which names it. Unless it says otherwise it has one
 * bank of registers, and its interrupt lines follow its cells when its power goes or comes.
 */
public abstract class ProfileDevice implements Device {
    /** The registers at the device's address. */
    protected final Registers registers = new Registers();

    private final DeviceSpec spec;

    /** The device of that line of a profile. */
    protected ProfileDevice(DeviceSpec spec) {
        this.spec = spec;
    }

    @Override
    public final String name() {
        return spec.name();
    }

    @Override
    public final String type() {
        return spec.type();
    }

    @Override
    public List<Registers> registers() {
        return List.of(registers);
    }

    @Override
    public void poweredOff(Board board) {
        drive(board);
    }

    @Override
    public void poweredOn(Board board) {
        drive(board);
    }

    /** Moves the interrupt lines to where the cells want them. */
    protected void drive(Board board) {}

    /**
     * Lets a register store the bits of {@code mask}, which choose what moves the lines.
     *
     * @return the register
     */
    protected final Register steers(Register register, Cell cell, long mask) {
        return register.reads((board, _, _) -> cell.get(board)).writes((board, _, _, value) -> {
            cell.set(board, value & mask);
            drive(board);
        });
    }

    /** Lets a register show what has happened; a one that is written clears it. */
    protected final void latches(Register register, Cell cell) {
        register.reads((board, _, _) -> cell.get(board)).writes((board, _, _, value) -> {
            cell.set(board, cell.get(board) & ~value);
            drive(board);
        });
    }

    /**
     * Lets two registers clear and set the bits of a mask that are written as ones, and a third one
     * show it.
     *
     * @param mask a one for each interrupt that is masked
     * @param interrupts all there are
     */
    protected final void masks(
            Cell mask, long interrupts, Register enable, Register disable, Register shown) {
        enable.writes((board, _, _, value) -> {
            mask.set(board, mask.get(board) & ~value);
            drive(board);
        });
        disable.writes((board, _, _, value) -> {
            mask.set(board, mask.get(board) | value & interrupts);
            drive(board);
        });
        shown.reads((board, _, _) -> mask.get(board));
    }

    /** Whether an input is a level, 0 or 1. */
    protected static boolean isLevel(String what, long value) {
        return what.equals("level") && (value == 0 || value == 1);
    }
}

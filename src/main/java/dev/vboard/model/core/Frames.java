package dev.vboard.model.core;

import java.util.Arrays;
import java.util.List;

/** A window that is made of frames of 4 KiB, each with a register bank of its own or none. */
public final class Frames implements Bus.Target {
    private static final int SHIFT = 12;
    private static final long MASK = (1 << SHIFT) - 1;
    private static final Registers NOTHING = new Registers();

    private final Registers[] frames;

    /**
     * A window of so many frames, all empty but for those given.
     *
     * @param count how many frames
     * @param banks the registers of each frame, by its number; a frame past the last is empty
     */
    public Frames(int count, List<Bank> banks) {
        frames = new Registers[count];
        Arrays.fill(frames, NOTHING);
        for (Bank bank : banks) {
            frames[bank.frame] = bank.registers;
        }
    }

    /** A register bank and the frame it is in. */
    public record Bank(int frame, Registers registers) {}

    private Registers at(long offset) {
        long frame = offset >>> SHIFT;
        return frame < frames.length ? frames[(int) frame] : NOTHING;
    }

    @Override
    public long read(Board board, Access by, long offset, int size) {
        return at(offset).read(board, by, offset & MASK, size);
    }

    @Override
    public void write(Board board, Access by, long offset, int size, long value) {
        at(offset).write(board, by, offset & MASK, size, value);
    }

    @Override
    public void readAll(Board board, Access by, long offset, Words to) {
        if (sharesFrame(offset, to.count())) {
            at(offset).readAll(board, by, offset & MASK, to);
        } else {
            Bus.Target.super.readAll(board, by, offset, to);
        }
    }

    @Override
    public void writeAll(Board board, Access by, long offset, int count, Bus.Values values) {
        if (sharesFrame(offset, count)) {
            at(offset).writeAll(board, by, offset & MASK, count, values);
        } else {
            Bus.Target.super.writeAll(board, by, offset, count, values);
        }
    }

    private static boolean sharesFrame(long offset, int count) {
        return (offset & MASK) + (long) Integer.BYTES * count <= 1 << SHIFT;
    }
}

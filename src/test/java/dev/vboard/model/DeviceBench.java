package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.bare.BareDevice;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Console;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;
import dev.vboard.model.power.FullPower;
import dev.vboard.model.power.PowerDomains;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.PowerSpec.WakeBlock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One device on a board with nothing else but a clock and wires. */
public final class DeviceBench {
    /** The device's power domain. */
    public static final int DOMAIN = 0;

    /** The board. */
    public final Board board = new Board(1);

    /** The texts of all console events so far. */
    public final List<String> console = new ArrayList<>();

    /** How often the device has reset the board. */
    public int resets;

    private final Clock clock;
    private final Lines lines;
    private final Device device;
    private final Shape shape;

    /** A bench with a device of that type whose first interrupt is INTID 32. */
    public DeviceBench(String type, int interrupts) {
        this(type, interrupts, "level");
    }

    /** A bench with a device of that type and trigger whose first interrupt is INTID 32. */
    public DeviceBench(String type, int interrupts, String trigger) {
        Layout layout = Layout.segment("hardware", 0);
        clock = new Clock(layout.in(Layout.ETERNAL), 100_000_000);
        lines = new Lines(layout, new Intids(1, 64));
        List<Integer> intids = new ArrayList<>();
        for (int i = 0; i < interrupts; i++) {
            intids.add(32 + i);
        }
        Layout own = layout.named("dev").in(DOMAIN);
        Devices devices = new Devices(lines, clock, _ -> resets++, power -> power(own, power));
        device = devices.build(own, spec(type, intids, trigger), 0);
        shape = layout.build();
        board.attach(shape);
        board.events((_, _, _, _, _, _, text) -> console.add(text));
    }

    /** A description of a device named {@code dev}. */
    public static DeviceSpec spec(String type, List<Integer> intids, String trigger) {
        return new DeviceSpec(
                "dev",
                type,
                0x10_0000,
                0x2_0000,
                intids,
                trigger,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                false,
                Optional.empty(),
                OptionalInt.empty(),
                false);
    }

    /**
     * The device a description stands for; a bare one for a block of the power unit, whose cells
     * are elsewhere.
     */
    public static Device device(DeviceSpec spec, Layout layout, Lines lines, Clock clock) {
        return new Devices(
                        lines, clock, _ -> {}, power -> new BareDevice(layout, power, lines, clock))
                .build(layout, spec, 0);
    }

    /** A block of the power unit, on a board of 512 SPIs whose wake-up controller it shows. */
    private Device power(Layout own, DeviceSpec spec) {
        BoardProfile board = TestProfiles.wokenBy(TestProfiles.zcu102(), WakeBlock.GPC);
        PowerDomains domains = new PowerDomains(own, board, clock);
        Lines wide = new Lines(own, new Intids(1, 544));
        return new PowerBlocks(new WakeController(own, wide, domains, board), new FullPower(own))
                .build(spec);
    }

    /** Another board of the same kind, in reset. */
    public Board fresh() {
        Board fresh = new Board(1);
        fresh.attach(shape);
        return fresh;
    }

    /** The device. */
    public Device device() {
        return device;
    }

    /** Opens the device, a UART, as Xen's driver does. */
    public void open() {
        ((Console) device).open(board);
    }

    /** Prints on the device, a UART, as Xen does. */
    public void print(String text) {
        ((Console) device).print(board, text);
    }

    /** Has characters arrive at the device, a UART that is to take them. */
    public void type(String text) {
        for (char c : text.toCharArray()) {
            assertThat(device.input(board, "byte", c)).isEmpty();
        }
    }

    /** Takes the power of the device, and what it held. */
    public void powerOff() {
        board.loseContents(DOMAIN);
        device.poweredOff(board);
    }

    /** Reads a word of the device. */
    public long read(long offset) {
        return read(offset, 4);
    }

    /** Reads so many bytes of the device. */
    public long read(long offset, int size) {
        return device.target().read(board, Access.el2(0), offset, size);
    }

    /** Writes a word of the device. */
    public void write(long offset, long value) {
        write(offset, 4, value);
    }

    /** Writes so many bytes of the device. */
    public void write(long offset, int size, long value) {
        device.target().write(board, Access.el2(0), offset, size, value);
    }

    /** Whether the n-th interrupt line of the device is high. */
    public boolean line(int n) {
        return lines.high(board, lines.intids().index(0, 32 + n));
    }

    /** The numbering of the wires' listeners. */
    public Lines lines() {
        return lines;
    }

    /** Lets virtual time run to a moment, firing what falls due. */
    public void runTo(long nanos) {
        for (long due = board.nextDeadlineNanos(); due <= nanos; due = board.nextDeadlineNanos()) {
            clock.advanceTo(board, Math.max(due, clock.now(board)));
            for (Deadline deadline : shape.deadlines()) {
                if (deadline.get(board) <= clock.now(board)) {
                    deadline.fire(board);
                }
            }
        }
        clock.advanceTo(board, nanos);
    }

    /** Takes a span of time out of the system counter, as a board that sleeps does. */
    public void stopCounterFor(long nanos) {
        clock.stopCounterFor(board, nanos);
    }

    /** Lets virtual time run to the start of a second. */
    public void runToSecond(long second) {
        runTo(second * 1_000_000_000L);
    }
}

package dev.vboard.model.gic;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A board of CPUs, wires and a GIC, whatever its version. */
abstract class GicRig<G extends Gic> {
    static final int SPURIOUS = Intids.SPURIOUS;
    static final int ISENABLER = 0x100;

    /** The GIC's power domain. */
    static final int DOMAIN = 0;

    final Intids intids;
    final Bus bus = new Bus();
    final Lines lines;
    final G gic;
    final Shape shape;
    final List<String> events = new ArrayList<>();

    private final Shape wires;
    private final Flag powered;
    Board board;

    /** What a GIC is built into. */
    record Place(
            Layout hardware,
            Layout wiring,
            Clock clock,
            Lines lines,
            Bus bus,
            Predicate<Board> powered) {}

    GicRig(int cpus, int intids, Function<Place, G> build) {
        this.intids = new Intids(cpus, intids);
        Layout wiring = Layout.segment("wires", 1);
        Layout hardware = Layout.segment("gic", 0);
        Clock clock = new Clock(wiring, 1_000_000_000);
        powered = wiring.flag("powered", true);
        lines = new Lines(wiring, this.intids);
        gic = build.apply(new Place(hardware, wiring, clock, lines, bus, powered::get));
        shape = hardware.build();
        wires = wiring.build();
        board = fresh();
    }

    /** A board on which nothing has happened yet. */
    final Board fresh() {
        Board made = new Board(2);
        made.attach(shape);
        made.attach(wires);
        made.events((_, type, a, b, _, _, _) -> record(type, a, b));
        return made;
    }

    private void record(EventType type, long a, long b) {
        events.add(type.wire() + " cpu" + a + " " + b);
    }

    /** EL3 runs. */
    final void firmware() {
        gic.secureInit(board);
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            gic.cpuInterfaceUp(board, cpu);
        }
    }

    /** Takes the GIC's power away or gives it back. */
    final void power(boolean on) {
        if (!on) {
            board.loseContents(DOMAIN);
        }
        powered.set(board, on);
        if (on) {
            gic.poweredOn(board);
        }
    }

    /** Sets the bit of an INTID in one of the bit arrays; the CPU matters for private ones. */
    abstract void set(int cpu, int bank, int intid);

    /** Gives an interrupt a priority; the CPU matters for private ones. */
    abstract void priority(int cpu, int intid, int value);

    /** Enables a private interrupt of a CPU at a priority. */
    final void enable(int cpu, int intid, int priority) {
        priority(cpu, intid, priority);
        set(cpu, ISENABLER, intid);
    }

    final void line(int cpu, int intid, boolean high) {
        lines.drive(board, intids.index(cpu, intid), high);
    }

    final void pulse(int cpu, int intid) {
        lines.pulse(board, intids.index(cpu, intid));
    }

    final boolean signals(int cpu) {
        return gic.signals(board, cpu);
    }
}

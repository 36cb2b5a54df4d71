package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Deadline;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuMasks;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.cpu.CpuSystemRegisters;
import dev.vboard.model.firmware.Psci;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.gic.GicV2;
import dev.vboard.model.power.FullPower;
import dev.vboard.model.power.PowerDomains;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;

import java.util.ArrayList;
import java.util.List;

/** A booted board of CPUs, power domains, wires and firmware, with a GICv2. */
public final class FirmwareRig {
    /** An even address every profile of {@link TestProfiles} accepts as an entry point. */
    public static final long ENTRY = 0x9_4000_0000L;

    public final BoardProfile profile;
    public final PowerDomains domains;
    public final Clock clock;
    public final Lines lines;
    public final List<Cpu> cpus;
    public final SystemRegisters registers = new SystemRegisters();
    public final Bus bus = new Bus();
    public final GicV2 gic;
    public final WakeController wake;
    public final FullPower fullPower;
    public final Psci psci;
    public final Board board;
    public final List<String> events = new ArrayList<>();
    private final Shape shape;

    /** Builds and boots a board. */
    public FirmwareRig(BoardProfile profile) {
        this.profile = profile;
        Layout layout = Layout.segment("hardware", Board.HARDWARE);
        clock = new Clock(layout, profile.counterHz());
        domains = new PowerDomains(layout, profile, clock);
        lines = new Lines(
                layout, new Intids(profile.cpus().size(), profile.gic().intids()));
        CpuMasks masks = new CpuMasks(layout, profile.cpus().size());
        List<Cpu> all = new ArrayList<>();
        for (CpuSpec spec : profile.cpus()) {
            all.add(new Cpu(layout, masks, spec, domains.ofCpu(spec.id())));
        }
        cpus = List.copyOf(all);
        CpuSystemRegisters.declare(registers, cpus);
        String gicDomain = profile.gic().powerDomain();
        boolean gicLost = profile.power().gicLostInSuspend();
        gic = new GicV2(
                layout.in(domains.contents(gicDomain, gicLost)),
                profile.gic(),
                clock,
                lines,
                bus,
                live -> !gicLost || domains.isOn(live, domains.index(gicDomain)));
        wake = new WakeController(layout, lines, domains, profile);
        fullPower = new FullPower(layout);
        psci = new Psci(layout, profile, clock, cpus, domains, gic, wake, fullPower, bus);
        shape = layout.build();
        board = new Board(2);
        board.attach(shape);
        psci.coldBoot(board);
        for (Cpu cpu : cpus) {
            cpu.released(board, false);
        }
        board.events(this::record);
    }

    private void record(long now, EventType type, long a, long b, long c, long d, String text) {
        StringBuilder line = new StringBuilder(type.wire());
        for (long number : new long[] {a, b, c, d}) {
            if (number != Events.ABSENT) {
                line.append(' ').append(number);
            }
        }
        events.add(
                text.isEmpty() ? line.toString() : line.append(' ').append(text).toString());
    }

    /** Makes a call by the id a name stands for; true when control came back. */
    public boolean smc(int cpu, PsciFunction function, long... arguments) {
        return smc(cpu, function.id() & 0xFFFF_FFFFL, arguments);
    }

    /** Makes a call; true when control came back. The wake-up of CPUs follows, as on a board. */
    public boolean smc(int cpu, long functionId, long... arguments) {
        Cpu caller = cpus.get(cpu);
        caller.gprs().x(0).set(board, functionId);
        for (int i = 0; i < 3; i++) {
            caller.gprs().x(i + 1).set(board, i < arguments.length ? arguments[i] : 0);
        }
        boolean returned = psci.smc(board, Access.el2(cpu));
        move();
        return returned;
    }

    /** Makes a call that must return, and answers x0. */
    public long call(int cpu, PsciFunction function, long... arguments) {
        return call(cpu, function.id() & 0xFFFF_FFFFL, arguments);
    }

    /** Makes a call that must return, and answers x0. */
    public long call(int cpu, long functionId, long... arguments) {
        if (!smc(cpu, functionId, arguments)) {
            throw new AssertionError("the call did not return");
        }
        return x(cpu, 0);
    }

    /**
     * Lets software enable a shared interrupt, aim it at the CPUs of a mask, and open the
     * interfaces of those that execute.
     */
    public void enable(int intid, int mask) {
        writeGicd(0, 0x000, 4, 1);
        writeGicd(0, 0x800 + intid, 1, mask);
        writeGicd(0, 0x100 + intid / 32 * 4, 4, 1L << intid % 32);
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            if ((mask >>> cpu & 1) != 0) {
                openInterface(cpu);
            }
        }
    }

    /** Lets software enable a private interrupt of a CPU and open its interface. */
    public void enablePrivate(int cpu, int intid) {
        writeGicd(cpu, 0x000, 4, 1);
        writeGicd(cpu, 0x100, 4, 1L << intid);
        openInterface(cpu);
    }

    /** Lets software set the active bit of a shared interrupt. */
    public void activate(int intid) {
        writeGicd(0, 0x300 + intid / 32 * 4, 4, 1L << intid % 32);
    }

    /** Lets software open a CPU's interface to interrupts of every priority. */
    public void openInterface(int cpu) {
        writeGicc(cpu, 0x004, 0xFF);
        writeGicc(cpu, 0x000, 1);
    }

    /** Lets software close a CPU's interface: nothing is signalled to it. */
    public void hideInterrupts(int cpu) {
        writeGicc(cpu, 0x000, 0);
    }

    private void writeGicd(int cpu, long offset, int size, long value) {
        bus.write(board, Access.el2(cpu), profile.gic().gicd() + offset, size, value);
    }

    private void writeGicc(int cpu, long offset, long value) {
        long gicc = profile.gic().gicc().getAsLong();
        bus.write(board, Access.el2(cpu), gicc + offset, 4, value);
    }

    /** Configures the distributor's side of an edge source, as its owner would. */
    public void configureEdge(int intid) {
        lines.edge(board, lines.intids().index(0, intid), true);
        writeGicd(0, 0xC00 + intid / 16 * 4, 4, 2L << intid % 16 * 2);
    }

    /** A register of a CPU. */
    public long x(int cpu, int number) {
        return cpus.get(cpu).gprs().x(number).get(board);
    }

    /** EL3's view of a CPU. */
    public CpuPower power(int cpu) {
        return cpus.get(cpu).power(board);
    }

    /** Starts a CPU and waits until it executes. */
    public void start(int... numbers) {
        for (int cpu : numbers) {
            long answer = call(0, PsciFunction.CPU_ON, profile.cpus().get(cpu).mpidr(), ENTRY, 0);
            if (answer != 0) {
                throw new AssertionError("CPU_ON answered " + answer);
            }
        }
        settle();
        for (int cpu : numbers) {
            cpus.get(cpu).released(board, false);
        }
    }

    /** Raises or lowers the line of a shared interrupt. */
    public void drive(int intid, boolean high) {
        lines.line(0, intid).drive(board, high);
        move();
    }

    /** Pulses the line of a shared interrupt. */
    public void pulse(int intid) {
        lines.edge(board, lines.intids().index(0, intid), true);
        lines.line(0, intid).pulse(board);
        move();
    }

    /** Lets interrupts end CPU_SUSPEND and SYSTEM_SUSPEND. */
    public void move() {
        for (int i = 0; i < 10 && psci.wakeSuspended(board); i++) {
            continue;
        }
    }

    /** Lets time run until nothing is under way. */
    public void settle() {
        for (int i = 0; i < 100 && board.nextDeadlineNanos() != Deadline.NEVER; i++) {
            runTo(board.nextDeadlineNanos());
        }
    }

    /** Lets time run to a moment. */
    public void runTo(long nanos) {
        for (int i = 0; i < 100 && board.nextDeadlineNanos() <= nanos; i++) {
            fireNext(board.nextDeadlineNanos());
        }
        clock.advanceTo(board, Math.max(clock.now(board), nanos));
    }

    private void fireNext(long nanos) {
        for (Deadline deadline : shape.deadlines()) {
            if (deadline.get(board) == nanos) {
                clock.advanceTo(board, Math.max(clock.now(board), nanos));
                deadline.fire(board);
                move();
                return;
            }
        }
    }

    /** Lets time run for a span. */
    public void run(long nanos) {
        runTo(clock.now(board) + nanos);
    }

    /** Has CPU 0 suspend the system. */
    public void suspend() {
        assertThat(smc(0, PsciFunction.SYSTEM_SUSPEND, ENTRY, 0)).isFalse();
        run(1000);
    }

    /** Nothing has woken the board, nor will. */
    public void assertAsleep() {
        settle();
        assertThat(power(0)).isEqualTo(CpuPower.POWERDOWN);
        assertThat(wake.cause(board)).isZero();
    }

    /** That interrupt has woken the board. */
    public void assertWokenBy(int intid) {
        assertThat(wake.cause(board)).isEqualTo(intid);
        settle();
        assertThat(power(0)).isEqualTo(CpuPower.ON);
    }
}

package dev.vboard.bench;

import dev.vboard.model.Action;
import dev.vboard.model.Caller;
import dev.vboard.model.Machine;
import dev.vboard.model.core.Board;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** The model without its shell: one call, one suspend cycle of a whole machine, one fork. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 15, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ModelBench {
    /** A board without Xen, asked for the state of a CPU. */
    @State(Scope.Thread)
    public static class Bare {
        private final CountingEvents events = new CountingEvents();
        private final Machine machine = Boards.machine("qemu-virt");
        private final Board board = Boards.board(machine, Boards.options("none", 1), events);
        private final Action affinityInfo =
                Boards.psci(new Caller.PhysicalCpu(0), "AFFINITY_INFO", 1L, 0L, 0L);
    }

    /** A board with Xen, Dom0 and two DomUs that suspends and resumes. */
    @State(Scope.Thread)
    public static class Suspending {
        private final CountingEvents events = new CountingEvents();
        private final SuspendCycle cycle =
                new SuspendCycle(Boards.machine(SuspendCycle.PROFILE), events);

        /** Sees that the cycle is one. */
        @Setup
        public void check() {
            cycle.check();
            cycle.check();
        }
    }

    /** The same board, whose machine checks no invariant. */
    @State(Scope.Thread)
    public static class Unchecked {
        private final CountingEvents events = new CountingEvents();
        private final SuspendCycle cycle =
                new SuspendCycle(Boards.unchecked(SuspendCycle.PROFILE), events);

        /** Sees that the cycle is one. */
        @Setup
        public void check() {
            cycle.check();
            cycle.check();
        }
    }

    /** PSCI AFFINITY_INFO, its event and the fingerprint after it. */
    @Benchmark
    public long affinityInfo(Bare bare) {
        Boards.done(bare.machine, bare.board, bare.affinityInfo);
        return bare.board.fingerprint() + bare.events.sum();
    }

    /** Scenario S5 with all its events and the fingerprint after each command. */
    @Benchmark
    public long suspendCycle(Suspending suspending) {
        return suspending.cycle.run() + suspending.events.sum();
    }

    /** The same without the checks; what they take of a cycle is the difference. */
    @Benchmark
    public long suspendCycleUnchecked(Unchecked unchecked) {
        return unchecked.cycle.run() + unchecked.events.sum();
    }

    /** A fork of a board with Xen and three domains. */
    @Benchmark
    public Board fork(Suspending suspending) {
        return suspending.cycle.board().fork();
    }

    /** A fork, and one write to it. */
    @Benchmark
    public long forkAndWrite(Suspending suspending) {
        Board fork = suspending.cycle.board().fork();
        fork.ram().write(0, 0x4000_0000L, 8, 1);
        return fork.fingerprint();
    }
}

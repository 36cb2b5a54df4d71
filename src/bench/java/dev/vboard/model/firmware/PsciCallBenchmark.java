package dev.vboard.model.firmware;

import dev.vboard.model.FirmwareRig;
import dev.vboard.model.TestProfiles;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Gprs;

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

/** One PSCI call at EL3: the smallest, and one round through SYSTEM_SUSPEND. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PsciCallBenchmark {
    private final FirmwareRig rig = new FirmwareRig(TestProfiles.zcu102());
    private final Gprs caller = rig.cpus.get(0).gprs();
    private final Access by = Access.el2(0);
    private long reported;

    /** Reports go to a counter: what a listener keeps is not the model's. */
    @Setup
    public void listen() {
        rig.board.events((_, _, a, _, _, value, _) -> reported += a + value);
    }

    /** AFFINITY_INFO, registers and event included. */
    @Benchmark
    public long affinityInfo() {
        caller.x(0).set(rig.board, 0xC400_0004L);
        caller.x(1).set(rig.board, 3);
        caller.x(2).set(rig.board, 0);
        rig.psci.smc(rig.board, by);
        return caller.x(0).get(rig.board) + reported;
    }

    /** SYSTEM_SUSPEND, the wake-up by a UART and the way back to the entry point. */
    @Benchmark
    public long systemSuspend() {
        rig.enable(53, 1);
        rig.drive(53, false);
        rig.smc(0, PsciFunction.SYSTEM_SUSPEND, FirmwareRig.ENTRY, 1);
        rig.drive(53, true);
        rig.settle();
        return rig.x(0, 0) + reported;
    }
}

package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.ClockReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.VcpuReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A booted board for tests, with the words of a caller and the events it has emitted. */
public final class LiveBoard implements Events {
    private static final Catalog CATALOG = new Catalog();

    public final Machine machine;
    public final Board board;
    public final List<String> log = new ArrayList<>();
    private long sequence;

    public LiveBoard(String profile, BootOptions options) {
        machine = new Machine(CATALOG.find(profile).orElseThrow().profile());
        assertEquals(Optional.empty(), machine.check(options));
        board = machine.create(options, this);
        checkFingerprint();
    }

    /** Options of a board with that many vCPUs in Dom0. */
    public static BootOptions options(String flavour, int vcpus) {
        return new BootOptions(
                flavour,
                List.of(),
                false,
                "AFTER_DOM0_RAN",
                false,
                false,
                vcpus,
                1,
                new TreeMap<>(),
                Guest.MANUAL,
                List.of(Role.HARDWARE, Role.CONTROL),
                List.of(),
                true);
    }

    @Override
    public long nextSequence() {
        return sequence;
    }

    @Override
    public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
        sequence++;
        StringBuilder line = new StringBuilder(now + " " + type.wire());
        long[] numbers = {a, b, c, d};
        for (int i = 0; i < type.fields().size(); i++) {
            if (numbers[i] != ABSENT) {
                line.append(' ').append(type.fields().get(i).wire()).append('=').append(numbers[i]);
            }
        }
        log.add(line.append(' ').append(text).toString());
    }

    public Outcome handle(Command command) {
        long before = board.fingerprint();
        Outcome outcome = machine.handle(board, command, Machine.Settle.AS_FOUND, () -> false);
        if (outcome instanceof Outcome.Refused || command instanceof Query) {
            assertEquals(before, board.fingerprint(), "a refusal or a read changes nothing");
        }
        checkFingerprint();
        return outcome;
    }

    private void checkFingerprint() {
        assertEquals(board.computeFingerprint(), board.fingerprint(), "kept-up fingerprint");
    }

    @SuppressWarnings("unchecked")
    public <T> T done(Command command) {
        return switch (handle(command)) {
            case Outcome.Done done -> (T) done.answer();
            case Outcome.Refused refused ->
                throw new AssertionError(command + " was refused: " + refused.why());
        };
    }

    public Refusal refused(Command command) {
        return switch (handle(command)) {
            case Outcome.Refused refused -> refused.why();
            case Outcome.Done done -> throw new AssertionError(command + " was done: " + done);
        };
    }

    public PsciAnswer psci(int domain, int vcpu, String function, long... args) {
        return done(call(new Caller.Vcpu(Integer.toString(domain), vcpu), function, args));
    }

    public PsciAnswer cpuPsci(int cpu, String function, long... args) {
        return done(call(new Caller.PhysicalCpu(cpu), function, args));
    }

    public static Action.Psci call(Caller caller, String function, long... args) {
        List<Long> list = new ArrayList<>();
        for (long arg : args) {
            list.add(arg);
        }
        return new Action.Psci(caller, Optional.of(function), 0, false, list, false);
    }

    public DomainReport create(int vcpus, SortedMap<Integer, List<Integer>> pin, int intid) {
        return done(new Action.CreateDomain(
                Optional.empty(),
                vcpus,
                256,
                pin,
                List.of(),
                List.of(new Action.PassThrough(intid, Optional.of(Trigger.LEVEL), 0)),
                Guest.MANUAL,
                List.of(),
                false,
                0x4000_0000L,
                64));
    }

    /** The guest switches its GIC on and enables an interrupt. */
    public void listen(int domain, int vcpu, int intid) {
        String d = Integer.toString(domain);
        done(new Action.VcpuGic(d, vcpu, true, OptionalInt.of(248)));
        done(new Action.VcpuInterrupt(
                d, vcpu, intid, Optional.of(true), OptionalInt.of(160), Optional.empty(),
                Optional.empty()));
    }

    public void fire(int intid, boolean level) {
        done(new Action.Fire(
                OptionalInt.of(intid), Optional.empty(), OptionalInt.empty(), Optional.of(level),
                Optional.empty()));
    }

    public void advance(long nanos) {
        done(new Action.Advance(nanos));
    }

    public DomainReport domain(int id) {
        return done(new Query.Domain(Integer.toString(id)));
    }

    public VcpuReport vcpu(int domain, int vcpu) {
        return done(new Query.Vcpu(Integer.toString(domain), vcpu));
    }

    public HostReport host() {
        return done(new Query.Host());
    }

    public SuspendReport suspend() {
        return done(new Query.Suspend());
    }

    public ClockReport clock() {
        return done(new Query.Clock());
    }

    public static OptionalLong some(long value) {
        return OptionalLong.of(value);
    }
}

package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.AckAnswer;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.ClockReport;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.report.HostReport;
import dev.vboard.model.report.HypercallAnswer;
import dev.vboard.model.report.PsciAnswer;
import dev.vboard.model.report.RunAnswer;
import dev.vboard.model.report.SuspendReport;
import dev.vboard.model.report.Trigger;
import dev.vboard.model.report.U64;
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
    final Given given = new Given();
    private boolean tampered;
    private long sequence;

    public LiveBoard(String profile, BootOptions options) {
        this(new Machine(CATALOG.find(profile).orElseThrow().profile()), options);
    }

    /** A board of a kind that is in no file, or whose machine is another. */
    public LiveBoard(Machine machine, BootOptions options) {
        this.machine = machine;
        assertEquals(Optional.empty(), machine.check(options));
        board = machine.create(options, this);
        checkFingerprint();
    }

    /** Options of a board with that many vCPUs in Dom0, one of them online. */
    public static BootOptions options(String flavour, int vcpus) {
        return options(flavour, vcpus, 1, "AFTER_DOM0_RAN", false, List.of());
    }

    /** Options of a board in full, as far as tests vary them. */
    public static BootOptions options(
            String flavour,
            int vcpus,
            int online,
            String domuRelease,
            boolean rfcText,
            List<String> hazards) {
        return new Boot(flavour)
                .vcpus(vcpus, online)
                .domuRelease(domuRelease)
                .rfcText(rfcText)
                .hazards(hazards)
                .options();
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
        tampered |= command instanceof Action.SetHazards || Held.tampers(command);
        given.note(command, true);
        long before = board.fingerprint();
        Outcome outcome = machine.handle(board, command, Machine.Settle.AS_FOUND, () -> false);
        if (outcome instanceof Outcome.Refused || command instanceof Query) {
            assertEquals(before, board.fingerprint(), "a refusal or a read changes nothing");
        }
        checkFingerprint();
        if (command instanceof Action) {
            checkInvariants();
        }
        return outcome;
    }

    /** Carries a command out without letting the clock run. */
    public void unsettled(Command command) {
        given.note(command, false);
        tampered |= Held.tampers(command);
        Outcome outcome = machine.handle(board, command, Machine.Settle.NO, () -> false);
        assertInstanceOf(Outcome.Done.class, outcome);
        checkFingerprint();
    }

    /** Runs the clock until a suspend step begins. */
    public void untilStep(String step) {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("event", "step-started");
        fields.put("step", step);
        RunAnswer answer = done(new Action.UntilEvent(fields, OptionalLong.of(5_000_000_000L)));
        assertEquals(RunAnswer.Stop.EVENT, answer.stopped());
    }

    /** Runs the clock until the board is settled. */
    public void settle() {
        RunAnswer answer = done(new Action.UntilSettled(OptionalLong.empty()));
        assertEquals(RunAnswer.Stop.SETTLED, answer.stopped());
    }

    /** The ids of the invariants of which an event told a violation, in order. */
    public List<String> reported() {
        return Held.reported(log);
    }

    /** From now on invariants may be violated without a hazard. */
    void tamper() {
        tampered = true;
    }

    private void checkInvariants() {
        if (!tampered) {
            assertEquals(List.of(), Held.violatedWithoutHazards(machine, board));
        }
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

    /** Pins vCPU 0 to the first CPU named, vCPU 1 to the second and so on. */
    public static SortedMap<Integer, List<Integer>> pinned(int... cpus) {
        SortedMap<Integer, List<Integer>> pin = new TreeMap<>();
        for (int vcpu = 0; vcpu < cpus.length; vcpu++) {
            pin.put(vcpu, List.of(cpus[vcpu]));
        }
        return pin;
    }

    /** A domain with a level line passed through to its vCPU 0. */
    public DomainReport create(int vcpus, SortedMap<Integer, List<Integer>> pin, int intid) {
        return done(domain(vcpus, pin, 64, intid));
    }

    /** The creation of a domain with level lines passed through to its vCPU 0. */
    public static Action.CreateDomain domain(
            int vcpus, SortedMap<Integer, List<Integer>> pin, int bits, int... intids) {
        return new NewDomain()
                .vcpus(vcpus)
                .pinned(pin)
                .lines(Trigger.LEVEL, intids)
                .bits(bits)
                .asked();
    }

    /** A line that goes up or down at once. */
    public static Action.Fire line(int intid, boolean high) {
        return new Action.Fire(
                OptionalInt.of(intid),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(high),
                Optional.empty());
    }

    /** The hypercall by which the guest asks to be shut down, or to have the code remembered. */
    static Action.Hypercall shutdown(int domain, String op, int reason) {
        return new Action.Hypercall(
                Integer.toString(domain),
                0,
                op,
                OptionalInt.of(reason),
                OptionalInt.empty(),
                OptionalLong.empty());
    }

    /** A verb of xl, run by Dom0. */
    public static Action.Verb verb(int domain, String verb) {
        return new Action.Verb(
                Integer.toString(domain), verb, OptionalInt.empty(), Optional.empty(), 0);
    }

    /** The guest's watchdog hypercall; answers x0. */
    public long watchdog(int domain, int id, long nanos) {
        HypercallAnswer answer = done(new Action.Hypercall(
                Integer.toString(domain),
                0,
                "SCHEDOP_watchdog",
                OptionalInt.empty(),
                OptionalInt.of(id),
                OptionalLong.of(nanos)));
        return answer.x0().orElseThrow().value();
    }

    /** The guest reads its acknowledge register. */
    public int ack(int domain, int vcpu) {
        AckAnswer answer = done(new Action.Acknowledge(caller(domain, vcpu)));
        return answer.intid();
    }

    /** The guest writes its end of interrupt register. */
    public void eoi(int domain, int vcpu, int intid) {
        done(new Action.EndOfInterrupt(caller(domain, vcpu), intid, 0));
    }

    public static Caller.Vcpu caller(int domain, int vcpu) {
        return new Caller.Vcpu(Integer.toString(domain), vcpu);
    }

    /** The guest writes a system register. */
    public void msr(int domain, int vcpu, String register, long value) {
        AccessAnswer answer = done(
                new Action.Sysreg(caller(domain, vcpu), register, OptionalLong.of(value), false));
        assertEquals(new AccessAnswer.AccessValue(U64.of(value)), answer);
    }

    /** The guest reads a system register. */
    public long mrs(int domain, int vcpu, String register) {
        return value(done(
                new Action.Sysreg(caller(domain, vcpu), register, OptionalLong.empty(), false)));
    }

    private static long value(AccessAnswer answer) {
        return switch (answer) {
            case AccessAnswer.AccessValue value -> value.value().value();
            case AccessAnswer.AccessFault fault -> throw new AssertionError(fault);
        };
    }

    /** The guest loads a word. */
    public long load(int domain, int vcpu, long address) {
        return value(done(
                new Action.Mmio(caller(domain, vcpu), address, 4, OptionalLong.empty(), false)));
    }

    /** The guest stores a word; true when it was taken, false for a data abort. */
    public boolean store(int domain, int vcpu, long address, long value) {
        AccessAnswer answer = done(
                new Action.Mmio(caller(domain, vcpu), address, 4, OptionalLong.of(value), false));
        return answer instanceof AccessAnswer.AccessValue;
    }

    /** Software on a physical CPU loads a word. */
    public long cpuLoad(int cpu, long address) {
        return value(done(new Action.Mmio(
                new Caller.PhysicalCpu(cpu), address, 4, OptionalLong.empty(), false)));
    }

    /** The texts of the lines Xen has printed, without its prefix. */
    public List<String> console() {
        List<String> lines = new ArrayList<>();
        for (String line : log) {
            int at = line.indexOf("(XEN) ");
            if (line.contains(" console ") && at >= 0) {
                lines.add(line.substring(at + 6).strip());
            }
        }
        return lines;
    }

    /** The suspend steps of the last attempt with their outcomes: {@code cpu-down@1 ok}. */
    public List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (SuspendReport.StepReport step : suspend().steps()) {
            String cpu = step.cpu().isPresent() ? "@" + step.cpu().getAsInt() : "";
            String outcome = step.outcome().map(SuspendReport.StepOutcome::wire).orElse("running");
            steps.add(step.name() + cpu + " " + outcome);
        }
        return steps;
    }

    /** How many events of a type there were, with these words among their fields. */
    public long count(String type, String... words) {
        return log.stream()
                .filter(line -> line.contains(" " + type + " "))
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .count();
    }

    /** The guest switches its GIC on and enables an interrupt. */
    public void listen(int domain, int vcpu, int intid) {
        String d = Integer.toString(domain);
        done(new Action.VcpuGic(d, vcpu, true, OptionalInt.of(248)));
        done(new Action.VcpuInterrupt(
                d,
                vcpu,
                intid,
                Optional.of(true),
                OptionalInt.of(160),
                Optional.empty(),
                Optional.empty()));
    }

    public void fire(int intid, boolean level) {
        done(line(intid, level));
    }

    public void advance(long nanos) {
        done(new Action.Advance(nanos));
    }

    public BoardSummary summary() {
        return done(new Query.Summary());
    }

    public DomainReport domain(int id) {
        return done(new Query.Domain(Integer.toString(id)));
    }

    public VcpuReport vcpu(int domain, int vcpu) {
        return done(new Query.Vcpu(Integer.toString(domain), vcpu));
    }

    /** A register of a vCPU, by its architectural name in lower case. */
    public U64 register(int domain, int vcpu, String name) {
        return vcpu(domain, vcpu).registers().getOrDefault(name, U64.ZERO);
    }

    /** The CPUs Xen routes an SPI to; none when it does not handle it. */
    public List<Integer> target(int intid) {
        return host().spiTargets().getOrDefault(Integer.toString(intid), List.of());
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
}

package dev.vboard.model.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to go wrong on a board: each fault waits for its next matches, and is gone when it has
 * struck as often as it was told to (api.md section 7). They belong to the caller, so power-off and
 * reset leave them alone.
 */
public final class Faults {
    /** What a fault's cpu or subject is when any will do. */
    public static final int ANY = -1;

    /** Most strikes of one fault. */
    public static final int MOST_TIMES = 0xFFFF;

    private static final int FREE = 0;
    private static final int ANY_CPU = 0xFF;
    private static final int ANY_SUBJECT = 0xFFFF;

    private final Clock clock;
    private final Cell count;
    private final Cell nextId;
    private final List<Cell> kind;
    private final List<Cell> id;
    private final List<Cell> cpu;
    private final List<Cell> subject;
    private final List<Cell> times;
    private final List<Cell> value;
    private final List<Cell> paBits;
    private final List<Cell> dcacheLine;

    /** What can be made to go wrong. */
    public enum Kind {
        /** CPU_ON is accepted and the core dies in EL3. */
        CPU_NEVER_STARTS,
        /** The core is another one when it next gets power. */
        CPU_IDENTITY,
        /** EL3 answers a PSCI call with a code and does nothing; the subject is its number. */
        PSCI_RESULT,
        /** A step of the host suspend fails; the subject is the step's ordinal. */
        STEP_FAILS,
        /** The console driver's hook fails. */
        CONSOLE_HOOK_FAILS,
        /** CPU_OFF takes longer. */
        CPU_OFF_SLOW,
        /** An SMMU does not complete CMD_SYNC; the subject is the unit. */
        SMMU_SYNC_TIMEOUT,
        /** A pulse on an edge-triggered line gets lost; the subject is the INTID. */
        EDGE_LOST,
        /** On its way out of Xen a CPU executes nothing for a while. */
        CPU_STALLS;

        private static final List<Kind> ALL = List.of(values());

        private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** The name on the wire, for example {@code cpu-never-starts}. */
        public String wire() {
            return wire;
        }

        /** The kind of that name. */
        public static Optional<Kind> find(String wire) {
            for (Kind kind : ALL) {
                if (kind.wire.equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * One fault.
     *
     * @param id its number on this board, from 1; not looked at when it is added
     * @param kind what goes wrong
     * @param cpu on which CPU, or {@link #ANY}
     * @param subject to what, as its kind says, or {@link #ANY}
     * @param value negative errno, PSCI code, delay in ns or MIDR, as its kind says
     * @param paBits of an identity: physical address bits, or 0 to leave them
     * @param dcacheLine of an identity: bytes, or 0 to leave it
     * @param times how often it still strikes, 1 to {@link #MOST_TIMES}
     */
    public record Fault(
            int id,
            Kind kind,
            int cpu,
            int subject,
            long value,
            int paBits,
            int dcacheLine,
            int times) {}

    /** Declares room for that many faults. */
    public Faults(Layout layout, Clock clock, int capacity) {
        this.clock = clock;
        Layout own = layout.in(Layout.ETERNAL).named("faults");
        count = own.cell("count", 16);
        nextId = own.cell("next-id", 32);
        kind = own.cells("kind", capacity, 8);
        id = own.cells("id", capacity, 32);
        cpu = own.cells("cpu", capacity, 8);
        subject = own.cells("subject", capacity, 16);
        times = own.cells("times", capacity, 16);
        value = own.cells("value", capacity, 64);
        paBits = own.cells("pa-bits", capacity, 8);
        dcacheLine = own.cells("dcache-line", capacity, 16);
    }

    /** How many faults there may be. */
    public int capacity() {
        return kind.size();
    }

    /** Adds a fault and answers its id; empty when all places are taken. */
    public OptionalInt add(Board board, Fault fault) {
        for (int i = 0; i < kind.size(); i++) {
            if (kind.get(i).get(board) == FREE) {
                count.add(board, 1);
                int number = (int) nextId.add(board, 1);
                kind.get(i).set(board, fault.kind().ordinal() + 1L);
                id.get(i).set(board, number);
                cpu.get(i).set(board, fault.cpu());
                subject.get(i).set(board, fault.subject());
                times.get(i).set(board, fault.times());
                value.get(i).set(board, fault.value());
                paBits.get(i).set(board, fault.paBits());
                dcacheLine.get(i).set(board, fault.dcacheLine());
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    /** Takes a fault back; false when there is none of that id. */
    public boolean remove(Board board, int number) {
        for (int i = 0; i < kind.size(); i++) {
            if (kind.get(i).get(board) != FREE && id.get(i).getInt(board) == number) {
                clear(board, i);
                return true;
            }
        }
        return false;
    }

    private void clear(Board board, int i) {
        count.add(board, -1);
        for (List<Cell> cells : List.of(kind, id, cpu, subject, times, value, paBits, dcacheLine)) {
            cells.get(i).set(board, 0);
        }
    }

    /** The faults that wait, oldest first. */
    public List<Fault> all(Board board) {
        List<Fault> all = new ArrayList<>();
        for (int i = 0; i < kind.size(); i++) {
            if (kind.get(i).get(board) != FREE) {
                all.add(describe(board, i));
            }
        }
        all.sort((a, b) -> Integer.compare(a.id(), b.id()));
        return all;
    }

    private Fault describe(Board board, int i) {
        int onCpu = cpu.get(i).getInt(board);
        int about = subject.get(i).getInt(board);
        return new Fault(
                id.get(i).getInt(board),
                Kind.ALL.get(kind.get(i).getInt(board) - 1),
                onCpu == ANY_CPU ? ANY : onCpu,
                about == ANY_SUBJECT ? ANY : about,
                value.get(i).get(board),
                paBits.get(i).getInt(board),
                dcacheLine.get(i).getInt(board),
                times.get(i).getInt(board));
    }

    /**
     * Asked where something could go wrong: the oldest fault that matches strikes, and is gone when
     * that was its last time.
     *
     * @param onCpu the CPU it is about, or {@link #ANY} where that is no question
     * @param about what it is about, likewise
     * @return the fault as it was before
     */
    public Optional<Fault> strike(Board board, Kind wanted, int onCpu, int about) {
        if (count.get(board) == 0) {
            return Optional.empty();
        }
        int oldest = -1;
        for (int i = 0; i < kind.size(); i++) {
            boolean matches = kind.get(i).getInt(board) == wanted.ordinal() + 1
                    && matches(cpu.get(i).getInt(board), ANY_CPU, onCpu)
                    && matches(subject.get(i).getInt(board), ANY_SUBJECT, about);
            if (matches
                    && (oldest < 0 || id.get(i).getInt(board) < id.get(oldest).getInt(board))) {
                oldest = i;
            }
        }
        if (oldest < 0) {
            return Optional.empty();
        }
        Fault fault = describe(board, oldest);
        if (fault.times() == 1) {
            clear(board, oldest);
        } else {
            times.get(oldest).set(board, fault.times() - 1L);
        }
        EventType.FAULT.emit(
                board,
                clock.now(board),
                onCpu == ANY ? Events.ABSENT : onCpu,
                fault.id(),
                wanted.wire());
        return Optional.of(fault);
    }

    private static boolean matches(int stored, int any, int asked) {
        return stored == any || asked == ANY || stored == asked;
    }
}

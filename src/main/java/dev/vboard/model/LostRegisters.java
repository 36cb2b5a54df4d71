package dev.vboard.model;

import dev.vboard.model.TrackedRegisters.Tracked;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.ContentsCopy;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.RegisterWatch;
import dev.vboard.model.core.Shape;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.report.PowerDomainReport.RegisterBits;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What power domains lost when they last went off, and what software has written back (contract,
 * section 4). A register is lost when it comes back with another value than it had; it is restored
 * when software writes it or its set or clear twin. What it comes back with is what EL3 has made of
 * it by the time it lets a CPU go.
 *
 * <p>As things happen only the contents of the domain are copied, twice; which registers differ is
 * found out when somebody asks. The bookkeeping is a segment of its own, which a board has only
 * once something has lost power.
 */
final class LostRegisters implements RegisterWatch {
    private static final int EL3 = 3;

    private final Hardware hardware;
    private final TrackedRegisters tracked;
    private final Board blank;
    private final int slot;
    private final List<ContentsCopy> before;
    private final List<ContentsCopy> after;
    private final List<Cell> offSince;
    private final List<Cell> cpusOff;
    private final Bits lost;
    private final Bits judged;
    private final Bits written;
    private final Bits waiting;
    private final Bits gone;
    private final Shape shape;

    /** Which registers are meant. */
    enum Kind {
        /** Came back with another value. */
        LOST,
        /** Lost, and nobody has written it since. */
        NOT_RESTORED,
        /** Lost and written since, and different from before. */
        CHANGED,
        /** Dropped, and EL3 has brought it back; or the register of a CPU that stays off. */
        BY_FIRMWARE
    }

    /**
     * Declares the bookkeeping.
     *
     * @param slot the slot of its segment
     * @param blank a board whose hardware nobody has touched yet
     */
    LostRegisters(int slot, Hardware hardware, Board blank) {
        this.hardware = hardware;
        this.slot = slot;
        this.blank = blank;
        tracked = new TrackedRegisters(hardware, this);
        int domains = hardware.domains.count();
        Layout layout = Layout.segment("lost", slot);
        before = copies(layout.named("before"), domains);
        after = copies(layout.named("after"), domains);
        offSince = layout.cells("off-since", domains, 64);
        cpusOff = layout.cells("cpus-off", domains, 32);
        lost = layout.bits("lost", tracked.count());
        judged = layout.bits("judged", domains);
        written = layout.bits("written", tracked.count());
        waiting = layout.bits("waiting", domains);
        gone = layout.bits("gone", domains);
        shape = layout.build();
    }

    private List<ContentsCopy> copies(Layout layout, int domains) {
        List<ContentsCopy> copies = new ArrayList<>();
        for (int domain = 0; domain < domains; domain++) {
            int of = tracked.any(domain) ? domain : domains;
            copies.add(layout.contentsCopy(hardware.domains.name(domain), hardware.shape, of));
        }
        return List.copyOf(copies);
    }

    /** The layout of the bookkeeping. */
    Shape shape() {
        return shape;
    }

    /** A domain is about to go off. */
    void goingOff(Board board, int domain) {
        if (!tracked.any(domain)) {
            return;
        }
        if (!board.has(slot)) {
            board.attach(shape);
        }
        offSince.get(domain).set(board, hardware.clock.now(board));
        cpusOff.get(domain).set(board, cpusOff(board));
        waiting.set(board, domain, true);
        gone.set(board, domain, true);
        before.get(domain).take(board);
        judged.set(board, domain, false);
        written.set(board, tracked.first(domain), tracked.first(domain + 1), false);
    }

    private int cpusOff(Board board) {
        int off = 0;
        for (Cpu cpu : hardware.cpus) {
            off |= cpu.is(board, CpuPower.OFF) ? 1 << cpu.id() : 0;
        }
        return off;
    }

    /** EL3 lets a CPU go: what has come on is now as it comes back. */
    void cameBack(Board board) {
        if (!board.has(slot)) {
            return;
        }
        for (int domain = waiting.next(board, 0);
                domain >= 0;
                domain = waiting.next(board, domain + 1)) {
            if (hardware.domains.isOn(board, domain)) {
                waiting.set(board, domain, false);
                after.get(domain).take(board);
                written.set(board, tracked.first(domain), tracked.first(domain + 1), false);
            }
        }
    }

    @Override
    public void written(Board board, Access by, int first, int count) {
        if (board.has(slot) && by.exceptionLevel() != EL3) {
            written.set(board, first, first + count, true);
        }
    }

    @Override
    public void read(Board board, Access by, int place) {
        if (board.has(slot)
                && by.exceptionLevel() != EL3
                && !written.get(board, place)
                && isLost(board, place)) {
            EventType.REGISTER_LOST_READ.emit(
                    board,
                    hardware.clock.now(board),
                    by.cpu(),
                    tracked.get(place).name());
        }
    }

    /** Whether a register came back with another value; found out once for its whole domain. */
    private boolean isLost(Board board, int place) {
        int domain = tracked.domainOf(place);
        if (!gone.get(board, domain) || waiting.get(board, domain)) {
            return false;
        }
        if (!judged.get(board, domain)) {
            Hindsight hindsight = new Hindsight(board);
            for (int i = tracked.first(domain); i < tracked.first(domain + 1); i++) {
                lost.set(board, i, hindsight.lost(i));
            }
            judged.set(board, domain, true);
        }
        return lost.get(board, place);
    }

    /** A board beside itself as it was when its domains went off and as they came back. */
    private final class Hindsight {
        private final Board board;
        private final Board had;
        private final Board came;

        Hindsight(Board board) {
            this.board = board;
            had = board.fork();
            came = board.fork();
            for (int domain = gone.next(board, 0);
                    domain >= 0;
                    domain = gone.next(board, domain + 1)) {
                before.get(domain).give(board, had);
                if (!waiting.get(board, domain)) {
                    after.get(domain).give(board, came);
                }
            }
        }

        private long atReset(int place) {
            return tracked.get(place).look().at(blank);
        }

        /** What a register held when its domain went off, if it was anybody's to keep. */
        long had(int place) {
            Tracked register = tracked.get(place);
            boolean counts = !(board.has(Board.XEN) && register.ofGuest()) && !tornDown(place);
            return counts ? register.look().at(had) : atReset(place);
        }

        /** Whether its CPU was off already when what it shares with others went off. */
        private boolean tornDown(int place) {
            int cpu = tracked.get(place).cpu();
            int domain = tracked.domainOf(place);
            return cpu >= 0
                    && domain != hardware.domains.ofCpu(cpu)
                    && (cpusOff.get(domain).get(board) >>> cpu & 1) != 0;
        }

        /** What it comes back with: as a rule with its reset value. */
        private long came(int place) {
            boolean away = waiting.get(board, tracked.domainOf(place));
            return away ? atReset(place) : tracked.get(place).look().at(came);
        }

        boolean dropped(int place) {
            return gone.get(board, tracked.domainOf(place)) && had(place) != atReset(place);
        }

        boolean lost(int place) {
            return dropped(place) && had(place) != came(place);
        }

        boolean is(int place, Kind kind) {
            Tracked register = tracked.get(place);
            boolean isWritten = written.get(board, place);
            boolean away = register.cpu() >= 0
                    && hardware.cpus.get(register.cpu()).is(board, CpuPower.OFF);
            return switch (kind) {
                case LOST -> lost(place);
                case NOT_RESTORED -> lost(place) && !isWritten && !away;
                case CHANGED -> lost(place) && isWritten && register.look().at(board) != had(place);
                case BY_FIRMWARE -> dropped(place) && (!lost(place) || away && !isWritten);
            };
        }

        /** The bits that are not as they were. */
        long difference(int place, Kind kind) {
            long other = switch (kind) {
                case CHANGED -> tracked.get(place).look().at(board);
                case LOST, NOT_RESTORED, BY_FIRMWARE -> lost(place) ? came(place) : atReset(place);
            };
            return had(place) ^ other;
        }
    }

    /** Names of the registers of that kind in domains that have gone off since a moment. */
    List<String> names(Board board, Kind kind, long sinceNanos) {
        if (!board.has(slot)) {
            return List.of();
        }
        Hindsight hindsight = new Hindsight(board);
        List<String> names = new ArrayList<>();
        for (int domain = 0; domain < hardware.domains.count(); domain++) {
            boolean recent = offSince.get(domain).get(board) >= sinceNanos;
            for (int i = tracked.first(domain); recent && i < tracked.first(domain + 1); i++) {
                if (hindsight.is(i, kind)) {
                    names.add(name(tracked.get(i)));
                }
            }
        }
        return names;
    }

    /** The boot CPU's copies have the plain name. */
    private static String name(Tracked register) {
        return register.cpu() > 0
                ? "cpu" + register.cpu() + "." + register.name()
                : register.name();
    }

    /** The registers of that kind in a domain, with the bits that had another value. */
    List<RegisterBits> bits(Board board, int domain, Kind kind) {
        if (!board.has(slot)) {
            return List.of();
        }
        Hindsight hindsight = new Hindsight(board);
        List<RegisterBits> list = new ArrayList<>();
        for (int i = tracked.first(domain); i < tracked.first(domain + 1); i++) {
            if (hindsight.is(i, kind)) {
                Tracked register = tracked.get(i);
                OptionalInt cpu =
                        register.cpu() < 0 ? OptionalInt.empty() : OptionalInt.of(register.cpu());
                List<Integer> bits = bitsOf(hindsight.difference(i, kind));
                list.add(new RegisterBits(register.name(), cpu, bits));
            }
        }
        return list;
    }

    private static List<Integer> bitsOf(long value) {
        List<Integer> bits = new ArrayList<>();
        for (long rest = value; rest != 0; rest &= rest - 1) {
            bits.add(Long.numberOfTrailingZeros(rest));
        }
        return bits;
    }
}

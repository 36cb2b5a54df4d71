package dev.vboard.model;

import dev.vboard.model.TrackedRegisters.Tracked;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.RegisterWatch;
import dev.vboard.model.core.Shape;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.report.PowerDomainReport.RegisterBits;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What power domains lost when they last went off, and what software has written back (contract,
 * section 4). A register is lost when it comes back with another value than it had; it is restored
 * when software writes it or its set or clear twin. What it comes back with is what EL3 has made of
 * it by the time it lets a CPU go. The bookkeeping is a segment of its own, which a board has only
 * once something has lost power.
 */
final class LostRegisters implements RegisterWatch {
    private static final int EL3 = 3;

    private final Hardware hardware;
    private final TrackedRegisters tracked;
    private final List<Long> resets;
    private final int slot;
    private final List<Cell> before;
    private final List<Cell> difference;
    private final List<Cell> offSince;
    private final Bits lost;
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
        tracked = new TrackedRegisters(hardware, this);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < tracked.count(); i++) {
            values.add(tracked.get(i).look().at(blank));
        }
        resets = List.copyOf(values);
        Layout layout = Layout.segment("lost", slot);
        before = layout.cells("before", tracked.count(), 64);
        difference = layout.cells("difference", tracked.count(), 64);
        offSince = layout.cells("off-since", hardware.domains.count(), 64);
        lost = layout.bits("lost", tracked.count());
        written = layout.bits("written", tracked.count());
        waiting = layout.bits("waiting", hardware.domains.count());
        gone = layout.bits("gone", hardware.domains.count());
        shape = layout.build();
    }

    /** The layout of the bookkeeping. */
    Shape shape() {
        return shape;
    }

    /** A domain is about to go off. */
    void goingOff(Board board, int domain) {
        int end = tracked.first(domain + 1);
        if (tracked.first(domain) == end) {
            return;
        }
        if (!board.has(slot)) {
            board.attach(shape);
        }
        offSince.get(domain).set(board, hardware.clock.now(board));
        waiting.set(board, domain, true);
        gone.set(board, domain, true);
        boolean hasXen = board.has(Board.XEN);
        for (int i = tracked.first(domain); i < end; i++) {
            Tracked register = tracked.get(i);
            boolean counts = !(hasXen && register.ofGuest()) && !tornDown(board, register, domain);
            before.get(i).set(board, counts ? register.look().at(board) : resets.get(i));
            lost.set(board, i, false);
            written.set(board, i, false);
        }
    }

    /** Whether a CPU was off already when what it shares with others went off. */
    private boolean tornDown(Board board, Tracked register, int domain) {
        return register.cpu() >= 0
                && domain != hardware.domains.ofCpu(register.cpu())
                && hardware.cpus.get(register.cpu()).is(board, CpuPower.OFF);
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
                cameBack(board, domain);
            }
        }
    }

    private void cameBack(Board board, int domain) {
        for (int i = tracked.first(domain); i < tracked.first(domain + 1); i++) {
            long had = before.get(i).get(board);
            if (had != resets.get(i)) {
                long differs = had ^ tracked.get(i).look().at(board);
                lost.set(board, i, differs != 0);
                difference.get(i).set(board, differs);
            }
            written.set(board, i, false);
        }
    }

    /** Whether a register held something when its domain went off. */
    private boolean dropped(Board board, int domain, int i) {
        return gone.get(board, domain) && before.get(i).get(board) != resets.get(i);
    }

    private boolean isLost(Board board, int domain, int i) {
        return waiting.get(board, domain) ? dropped(board, domain, i) : lost.get(board, i);
    }

    @Override
    public void written(Board board, Access by, int place) {
        if (board.has(slot) && by.exceptionLevel() != EL3) {
            written.set(board, place, true);
        }
    }

    @Override
    public void read(Board board, Access by, int place) {
        if (board.has(slot)
                && lost.get(board, place)
                && !written.get(board, place)
                && by.exceptionLevel() != EL3) {
            EventType.REGISTER_LOST_READ.emit(
                    board,
                    hardware.clock.now(board),
                    by.cpu(),
                    tracked.get(place).name());
        }
    }

    private boolean is(Board board, int domain, int i, Kind kind) {
        Tracked register = tracked.get(i);
        boolean isLost = isLost(board, domain, i);
        boolean isWritten = written.get(board, i);
        boolean away =
                register.cpu() >= 0 && hardware.cpus.get(register.cpu()).is(board, CpuPower.OFF);
        return switch (kind) {
            case LOST -> isLost;
            case NOT_RESTORED -> isLost && !isWritten && !away;
            case CHANGED ->
                isLost
                        && isWritten
                        && register.look().at(board) != before.get(i).get(board);
            case BY_FIRMWARE -> dropped(board, domain, i) && (!isLost || away && !isWritten);
        };
    }

    /** Names of the registers of that kind in domains that have gone off since a moment. */
    List<String> names(Board board, Kind kind, long sinceNanos) {
        List<String> names = new ArrayList<>();
        for (int domain = 0; board.has(slot) && domain < hardware.domains.count(); domain++) {
            boolean recent = offSince.get(domain).get(board) >= sinceNanos;
            for (int i = tracked.first(domain); recent && i < tracked.first(domain + 1); i++) {
                if (is(board, domain, i, kind)) {
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
        List<RegisterBits> list = new ArrayList<>();
        for (int i = tracked.first(domain); board.has(slot) && i < tracked.first(domain + 1); i++) {
            if (is(board, domain, i, kind)) {
                Tracked register = tracked.get(i);
                long bits = kind == Kind.CHANGED
                        ? before.get(i).get(board) ^ register.look().at(board)
                        : difference(board, domain, i);
                OptionalInt cpu =
                        register.cpu() < 0 ? OptionalInt.empty() : OptionalInt.of(register.cpu());
                list.add(new RegisterBits(register.name(), cpu, bitsOf(bits)));
            }
        }
        return list;
    }

    /** The bits that had another value than it comes, or else would have come, back with. */
    private long difference(Board board, int domain, int i) {
        boolean known = !waiting.get(board, domain) && lost.get(board, i);
        return known ? difference.get(i).get(board) : before.get(i).get(board) ^ resets.get(i);
    }

    private static List<Integer> bitsOf(long value) {
        List<Integer> bits = new ArrayList<>();
        for (long rest = value; rest != 0; rest &= rest - 1) {
            bits.add(Long.numberOfTrailingZeros(rest));
        }
        return bits;
    }
}

package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.AccessAnswer;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.PowerDomainReport;
import dev.vboard.model.report.PowerDomainReport.RegisterBits;
import dev.vboard.model.report.PowerState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Takes a kind of board to sleep, moves each of its lines, looks what happens, and tells it as a
 * table. What the profile says of wake-up is not looked at.
 */
final class SuspendSurvey {
    private static final int FIRST_SPI = 32;
    private static final long ENTRY_OFFSET = 0x80_0000;
    private static final long HOUR = 3_600_000_000_000L;
    private static final Caller DOM0 = new Caller.Vcpu("0", 0);

    private final BoardProfile profile;
    private final Machine machine;
    private final Board booted;
    private final SortedMap<String, String> unpowered = new TreeMap<>();

    SuspendSurvey(String id) {
        profile = new Catalog().find(id).orElseThrow().profile();
        machine = new Machine(profile);
        booted = machine.create(LiveBoard.options("rfc2018", 1), Events.NONE);
    }

    private Outcome act(Board board, Command command) {
        return machine.handle(board, command, Machine.Settle.AS_FOUND, () -> false);
    }

    private <T> T done(Board board, Command command, Class<T> type) {
        Outcome outcome = act(board, command);
        return type.cast(
                assertInstanceOf(Outcome.Done.class, outcome, outcome::toString).answer());
    }

    private BoardState state(Board board) {
        return done(board, new Query.Summary(), BoardSummary.class).state();
    }

    /** A board that sleeps, Dom0 listening to one line, if to any. */
    private Board asleep(OptionalInt intid) {
        Board board = booted.fork();
        suspend(board, intid);
        return board;
    }

    private void suspend(Board board, OptionalInt intid) {
        act(board, new Action.VcpuGic("0", 0, true, OptionalInt.of(248)));
        if (intid.isPresent()) {
            act(
                    board,
                    new Action.VcpuInterrupt(
                            "0",
                            0,
                            intid.getAsInt(),
                            Optional.of(true),
                            OptionalInt.of(160),
                            Optional.empty(),
                            Optional.empty()));
        }
        long entry = profile.memory().getFirst().base() + ENTRY_OFFSET;
        act(board, LiveBoard.call(DOM0, "SYSTEM_SUSPEND", entry, 0));
        assertEquals(BoardState.SUSPENDED, state(board), () -> profile.id() + " sleeps");
    }

    private void fire(Board board, int intid) {
        act(
                board,
                new Action.Fire(
                        OptionalInt.of(intid),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private boolean wakes(int intid) {
        Board board = asleep(OptionalInt.of(intid));
        fire(board, intid);
        return state(board) == BoardState.RUNNING;
    }

    /** The rows of the board's table. */
    List<String> rows() {
        Board sleeping = asleep(OptionalInt.empty());
        SortedMap<PowerState, List<String>> domains = new TreeMap<>();
        for (PowerDomainReport domain : powerDomains(sleeping)) {
            domains.computeIfAbsent(domain.state(), _ -> new ArrayList<>()).add(domain.name());
            if (domain.state() == PowerState.OFF) {
                domain.contains().forEach(name -> unpowered.put(name, domain.name()));
            }
        }
        List<String> waking = new ArrayList<>();
        List<String> sleepers = new ArrayList<>();
        List<String> without = new ArrayList<>();
        int line = sort(waking, sleepers, without);
        List<String> rows = new ArrayList<>();
        for (PowerState state : PowerState.values()) {
            row(rows, "power domains " + state, domains.getOrDefault(state, List.of()));
        }
        rows.add("| system counter | " + (countsOn(line) ? "runs on" : "stands still") + " |");
        rows.add("| RAM | " + (keepsRam(line) ? "kept" : "lost") + " |");
        lost(rows, line);
        row(rows, "wake", waking);
        row(rows, "do not wake", sleepers);
        row(rows, "have no power to wake", without);
        rows.add("| a guest's timer | " + (timerWakes() ? "wakes" : "does not wake") + " |");
        return rows;
    }

    /** Tries every line; answers one that wakes. */
    private int sort(List<String> waking, List<String> sleepers, List<String> without) {
        int found = -1;
        for (DeviceSpec device : profile.devices()) {
            List<Integer> on = new ArrayList<>();
            List<Integer> off = new ArrayList<>();
            for (int intid : device.spis()) {
                boolean woken = !unpowered.containsKey(device.name()) && wakes(intid);
                (woken ? on : off).add(intid - FIRST_SPI);
            }
            if (unpowered.containsKey(device.name()) && !off.isEmpty()) {
                without.add(device.name());
            } else if (!off.isEmpty() || !on.isEmpty()) {
                boolean mixed = !on.isEmpty() && !off.isEmpty();
                if (!on.isEmpty()) {
                    found = found < 0 ? on.getFirst() + FIRST_SPI : found;
                    waking.add(device.name() + (mixed ? spis(on) : ""));
                }
                if (!off.isEmpty()) {
                    sleepers.add(device.name() + (mixed ? spis(off) : ""));
                }
            }
        }
        return found;
    }

    private static String spis(List<Integer> numbers) {
        List<String> words = numbers.stream().map(String::valueOf).toList();
        return " by SPI " + String.join(" and ", words);
    }

    private void lost(List<String> rows, int line) {
        Board board = asleep(OptionalInt.of(line));
        fire(board, line);
        assertEquals(BoardState.RUNNING, state(board));
        SortedSet<String> again = registers(board, PowerDomainReport::lost);
        SortedSet<String> never = registers(board, PowerDomainReport::notRestored);
        again.removeAll(never);
        row(rows, "lost, and written again by Xen", List.copyOf(again));
        row(rows, "lost, and EL3's to write", List.copyOf(
                registers(board, PowerDomainReport::byFirmware)));
        row(rows, "lost for good", List.copyOf(never));
    }

    private SortedSet<String> registers(
            Board board, Function<PowerDomainReport, List<RegisterBits>> which) {
        SortedSet<String> names = new TreeSet<>();
        for (PowerDomainReport domain : powerDomains(board)) {
            which.apply(domain)
                    .forEach(bits -> names.add(bits.register().replaceAll("[0-9]+$", "n")));
        }
        return names;
    }

    private List<PowerDomainReport> powerDomains(Board board) {
        return done(board, new Query.PowerDomains(), List.class).stream()
                .map(PowerDomainReport.class::cast)
                .toList();
    }

    private long counter(Board board) {
        Command read = new Action.Sysreg(DOM0, "CNTVCT_EL0", OptionalLong.empty(), false);
        return done(board, read, AccessAnswer.AccessValue.class).value().value();
    }

    /** Sleeps an hour. */
    private boolean countsOn(int line) {
        Board board = booted.fork();
        long before = counter(board);
        suspend(board, OptionalInt.of(line));
        act(board, new Action.Advance(HOUR));
        fire(board, line);
        return counter(board) - before > profile.counterHz() * 60;
    }

    private long ram(Board board, OptionalLong write) {
        long address = profile.memory().getFirst().base() + 0x1000;
        Command access = new Action.Mmio(DOM0, address, 8, write, false);
        return done(board, access, AccessAnswer.AccessValue.class).value().value();
    }

    private boolean keepsRam(int line) {
        Board board = booted.fork();
        ram(board, OptionalLong.of(0xCAFE));
        suspend(board, OptionalInt.of(line));
        fire(board, line);
        return ram(board, OptionalLong.empty()) == 0xCAFE;
    }

    private boolean timerWakes() {
        Board board = booted.fork();
        act(board, new Action.VcpuTimer(
                "0", 0, Optional.of(true), Optional.of(false), OptionalLong.of(HOUR)));
        long entry = profile.memory().getFirst().base() + ENTRY_OFFSET;
        act(board, LiveBoard.call(DOM0, "SYSTEM_SUSPEND", entry, 0));
        act(board, new Action.Advance(2 * HOUR));
        return state(board) == BoardState.RUNNING;
    }

    private static void row(List<String> rows, String what, List<String> names) {
        rows.add("| " + what + " | " + (names.isEmpty() ? "none" : compressed(names)) + " |");
    }

    /** Names that differ in a number only, one after the other, become a range. */
    private static String compressed(List<String> names) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < names.size()) {
            String stem = names.get(i).replaceAll("[0-9]+$", "");
            int last = i;
            while (last + 1 < names.size() && follows(stem, names.get(last), names.get(last + 1))) {
                last++;
            }
            words.add(last == i
                    ? names.get(i)
                    : names.get(i) + " to " + names.get(last).substring(stem.length()));
            i = last + 1;
        }
        return String.join(", ", words);
    }

    private static boolean follows(String stem, String name, String next) {
        return name.matches(".*[0-9]")
                && next.equals(stem + (Integer.parseInt(name.substring(stem.length())) + 1));
    }
}

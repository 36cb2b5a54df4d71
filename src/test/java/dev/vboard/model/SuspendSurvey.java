package dev.vboard.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Events;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.DeviceType;
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
import java.util.function.BiConsumer;
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
    private final SortedSet<String> unpowered = new TreeSet<>();
    private final List<Setting> settings;

    /** What somebody does besides enabling the interrupt in Dom0. */
    private record Setting(String words, BiConsumer<Board, Integer> act) {}

    /** How far a line got, and what by. */
    private record Line(int intid, int setting) {}

    SuspendSurvey(String id) {
        profile = new Catalog().find(id).orElseThrow().profile();
        machine = new Machine(profile);
        booted = machine.create(LiveBoard.options("rfc2018", 1), Events.NONE);
        settings = List.of(
                new Setting("wake when Dom0 has enabled them", (_, _) -> {}),
                new Setting("wake when Dom0 has unmasked them in the GPC, too", this::unmask),
                new Setting("wake when EL3 is told to steer, too", this::steer));
    }

    /** Dom0 opens an interrupt in the mask of core 0, if the board has such masks. */
    private void unmask(Board board, int intid) {
        int spi = intid - FIRST_SPI;
        Optional<DeviceSpec> gpc = profile.devices().stream()
                .filter(device -> device.deviceType() == DeviceType.IMX_GPC)
                .findFirst();
        if (gpc.isPresent() && spi < 128) {
            long address = gpc.get().address() + 0x30 + 4L * (spi / 32);
            OptionalLong masks = OptionalLong.of(~(1L << spi % 32) & 0xFFFF_FFFFL);
            act(board, new Action.Mmio(DOM0, address, 4, masks, false));
        }
    }

    /** WAKEUP_SRC, if EL3 knows it: from EL2, for Xen does not pass it on. */
    private void steer(Board board, int intid) {
        Caller xen = new Caller.PhysicalCpu(0);
        act(board, new Action.Smccc(xen, 0xC200_0009L, List.of(2L), false, 0, true));
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
    private Board asleep(Optional<Line> line) {
        Board board = booted.fork();
        suspend(board, line);
        return board;
    }

    private void suspend(Board board, Optional<Line> line) {
        act(board, new Action.VcpuGic("0", 0, true, OptionalInt.of(248)));
        if (line.isPresent()) {
            int intid = line.get().intid;
            settings.get(line.get().setting).act.accept(board, intid);
            act(
                    board,
                    new Action.VcpuInterrupt(
                            "0",
                            0,
                            intid,
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

    private boolean wakes(Line line) {
        Board board = asleep(Optional.of(line));
        fire(board, line.intid);
        return state(board) == BoardState.RUNNING;
    }

    /** The first setting under which a line wakes; none when it never does. */
    private Optional<Line> tried(int intid) {
        for (int i = 0; i < settings.size(); i++) {
            Line line = new Line(intid, i);
            if (wakes(line)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** The rows of the board's table. */
    List<String> rows() {
        SortedMap<PowerState, List<String>> domains = new TreeMap<>();
        for (PowerDomainReport domain : powerDomains(asleep(Optional.empty()))) {
            domains.computeIfAbsent(domain.state(), _ -> new ArrayList<>()).add(domain.name());
            if (domain.state() == PowerState.OFF) {
                unpowered.addAll(domain.contains());
            }
        }
        List<String> wakeUp = new ArrayList<>();
        Line line = lines(wakeUp);
        List<String> rows = new ArrayList<>();
        for (PowerState state : List.of(PowerState.values()).reversed()) {
            row(rows, "power domains " + state, domains.getOrDefault(state, List.of()));
        }
        rows.add("| system counter | " + (countsOn(line) ? "runs on" : "stands still") + " |");
        rows.add("| RAM | " + (keepsRam(line) ? "kept" : "lost") + " |");
        lost(rows, line);
        rows.addAll(wakeUp);
        rows.add("| a guest's timer | " + (timerWakes() ? "wakes" : "does not wake") + " |");
        return rows;
    }

    /** Tries every line; answers one that wakes. */
    private Line lines(List<String> rows) {
        Optional<Line> found = Optional.empty();
        SortedMap<Integer, List<String>> names = new TreeMap<>();
        List<String> without = new ArrayList<>();
        for (DeviceSpec device : profile.devices()) {
            if (unpowered.contains(device.name())) {
                without.add(device.name());
                continue;
            }
            SortedMap<Integer, List<Integer>> spis = new TreeMap<>();
            for (int intid : device.spis()) {
                Optional<Line> line = tried(intid);
                int setting = line.map(Line::setting).orElse(settings.size());
                spis.computeIfAbsent(setting, _ -> new ArrayList<>()).add(intid - FIRST_SPI);
                found = found.or(() -> line);
            }
            spis.forEach(
                    (setting, numbers) -> names.computeIfAbsent(setting, _ -> new ArrayList<>())
                            .add(device.name() + (spis.size() > 1 ? spis(numbers) : "")));
        }
        for (int i = 0; i < settings.size(); i++) {
            if (names.containsKey(i)) {
                row(rows, settings.get(i).words, names.getOrDefault(i, List.of()));
            }
        }
        row(rows, "never wake", names.getOrDefault(settings.size(), List.of()));
        row(rows, "have no power then", without);
        return found.orElseThrow();
    }

    private static String spis(List<Integer> numbers) {
        List<String> words = numbers.stream().map(String::valueOf).toList();
        return " by SPI " + String.join(" and ", words);
    }

    private void lost(List<String> rows, Line line) {
        Board board = asleep(Optional.of(line));
        fire(board, line.intid);
        assertEquals(BoardState.RUNNING, state(board));
        List<RegisterBits> again = registers(board, PowerDomainReport::lost);
        List<RegisterBits> never = registers(board, PowerDomainReport::notRestored);
        List<RegisterBits> byFirmware = registers(board, PowerDomainReport::byFirmware);
        again.removeIf(bits -> holds(never, bits) || holds(byFirmware, bits));
        row(rows, "lost, and written again by Xen", named(again));
        row(rows, "lost, and EL3's to write", named(byFirmware));
        row(rows, "lost for good", named(never));
    }

    private List<RegisterBits> registers(
            Board board, Function<PowerDomainReport, List<RegisterBits>> which) {
        List<RegisterBits> all = new ArrayList<>();
        powerDomains(board).forEach(domain -> all.addAll(which.apply(domain)));
        return all;
    }

    private static boolean holds(List<RegisterBits> some, RegisterBits one) {
        return some.stream()
                .anyMatch(other ->
                        other.register().equals(one.register()) && other.cpu().equals(one.cpu()));
    }

    private static List<String> named(List<RegisterBits> registers) {
        SortedSet<String> names = new TreeSet<>();
        registers.forEach(bits -> names.add(bits.register().replaceAll("(?<!_EL)[0-9]+$", "n")));
        return List.copyOf(names);
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
    private boolean countsOn(Line line) {
        Board board = booted.fork();
        long before = counter(board);
        suspend(board, Optional.of(line));
        act(board, new Action.Advance(HOUR));
        fire(board, line.intid);
        return counter(board) - before > profile.counterHz() * 60;
    }

    private long ram(Board board, OptionalLong write) {
        long address = profile.memory().getFirst().base() + 0x1000;
        Command access = new Action.Mmio(DOM0, address, 8, write, false);
        return done(board, access, AccessAnswer.AccessValue.class).value().value();
    }

    private boolean keepsRam(Line line) {
        Board board = booted.fork();
        ram(board, OptionalLong.of(0xCAFE));
        suspend(board, Optional.of(line));
        fire(board, line.intid);
        return ram(board, OptionalLong.empty()) == 0xCAFE;
    }

    private boolean timerWakes() {
        Board board = booted.fork();
        act(
                board,
                new Action.VcpuTimer(
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
            words.add(
                    last == i
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

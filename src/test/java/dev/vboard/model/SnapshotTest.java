package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.catalog.Catalog;
import dev.vboard.catalog.ProfileDocument;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.SnapshotException;
import dev.vboard.model.core.SnapshotException.Reason;
import dev.vboard.model.core.SnapshotWriter;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.Limits;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A board as bytes and back (design, sections 1 and 4). */
class SnapshotTest {
    private static final String TEXT = "the profile's digest";
    private static final long ENTRY = 0x4008_0000L;
    private static final int RTC = 58;

    private final LiveBoard live = new LiveBoard("fixture-zcu102", LiveBoard.options("rfc2018", 2));

    private Board restored(Snapshot snapshot) {
        Snapshot read = Snapshot.fromBytes(snapshot.toBytes());
        Board board = live.machine.restore(read);
        assertThat(board.fingerprint()).isEqualTo(snapshot.fingerprint());
        assertThat(board.computeFingerprint()).isEqualTo(board.fingerprint());
        assertThat(read.toBytes()).isEqualTo(snapshot.toBytes());
        return board;
    }

    private Snapshot now() {
        return live.machine.snapshot(live.board, TEXT);
    }

    /** What a board reports while it carries out a command. */
    private List<String> events(Board board, Command command) {
        List<String> log = new ArrayList<>();
        board.events(new Events() {
            @Override
            public void emit(
                    long now, EventType type, long a, long b, long c, long d, String text) {
                log.add(now + " " + type + " " + a + " " + b + " " + c + " " + d + " " + text);
            }
        });
        live.machine.handle(board, command, Machine.Settle.YES, () -> false);
        return log;
    }

    private void sameFuture(Board board, Command command) {
        Board original = live.board.fork();
        assertThat(events(board, command)).isEqualTo(events(original, command)).isNotEmpty();
        assertThat(board.fingerprint()).isEqualTo(original.fingerprint());
        assertThat(board.dump()).isEqualTo(original.dump());
    }

    private static Action.Fire rtc() {
        return LiveBoard.line(RTC, true);
    }

    private static Action.Psci suspend(String domain) {
        return LiveBoard.call(new Caller.Vcpu(domain, 0), "SYSTEM_SUSPEND", ENTRY, 0x77);
    }

    @Test
    void aRunningBoardGoesOnAsItWouldHave() {
        live.create(1, new TreeMap<>(), 132);
        live.listen(1, 0, 132);
        live.done(new Action.Mmio(
                new Caller.PhysicalCpu(0), ENTRY, 8, OptionalLong.of(0x1234_5678_9ABCL), false));
        Board board = restored(now());
        assertThat(board.ram().read(0, ENTRY, 8)).isEqualTo(0x1234_5678_9ABCL);
        assertThat(board.creation()).isEqualTo(live.board.creation());
        sameFuture(board, suspend("0"));
    }

    @Test
    void aBoardInTheMiddleOfASuspendGoesOnThere() {
        live.create(1, new TreeMap<>(), 132);
        live.listen(0, 0, RTC);
        live.machine.handle(live.board, suspend("0"), Machine.Settle.NO, () -> false);
        int steps = 0;
        while (live.board.progressing()) {
            sameFuture(restored(now()), rtc());
            live.done(new Action.Step(1));
            steps++;
        }
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void aSleepingBoardWakesAndKnowsWhatItsGicLost() {
        live.listen(0, 0, RTC);
        live.done(suspend("0"));
        sameFuture(restored(now()), rtc());
    }

    @Test
    void aBoardWithoutPowerAndOneWithoutXenAreStoredToo() {
        live.done(new Action.Power(false));
        sameFuture(restored(now()), new Action.Power(true));
        LiveBoard bare = new LiveBoard("fixture-zcu102", LiveBoard.options("none", 1));
        byte[] bytes = bare.machine.snapshot(bare.board, TEXT).toBytes();
        Board board = bare.machine.restore(Snapshot.fromBytes(bytes));
        assertThat(board.fingerprint()).isEqualTo(bare.board.fingerprint());
    }

    @Test
    void aSnapshotSaysWhatItIsOf() {
        Snapshot snapshot = Snapshot.fromBytes(now().toBytes());
        assertThat(snapshot.profileId()).isEqualTo("fixture-zcu102");
        assertThat(snapshot.profileText()).isEqualTo(TEXT);
        assertThat(snapshot.options()).isEqualTo(live.board.creation());
    }

    @Test
    void aBoardOfAUsersOwnKindNeedsNothingButItsSnapshot() {
        Catalog catalog = new Catalog();
        kept(catalog, "parent", "{\"extends\":\"fixture-zcu102\",\"counterHz\":5000000}");
        Catalog.Entry mine = kept(catalog, "mine", "{\"extends\":\"parent\"}");
        LiveBoard there =
                new LiveBoard(new Machine(mine.profile()), LiveBoard.options("rfc2018", 2));
        byte[] bytes = there.machine.snapshot(there.board, mine.text()).toBytes();
        catalog.remove("mine", _ -> {});
        catalog.remove("parent", _ -> {});
        Snapshot snapshot = Snapshot.fromBytes(bytes);
        Catalog.Entry again = catalog.merged(snapshot.profileText());
        assertThat(again.profile()).isEqualTo(mine.profile());
        assertThat(again.text()).isEqualTo(mine.text());
        Board board = new Machine(again.profile()).restore(snapshot);
        assertThat(board.fingerprint()).isEqualTo(there.board.fingerprint());
        assertThat(again.profile().counterHz()).isEqualTo(5_000_000);
    }

    private static Catalog.Entry kept(Catalog catalog, String id, String json) {
        ProfileDocument document = ProfileDocument.of(json, true);
        return ((Catalog.Change.Kept) catalog.put(id, document, 9, _ -> {})).entry();
    }

    @Test
    void laterChangesDoNotReachASnapshot() {
        Snapshot snapshot = now();
        byte[] before = snapshot.toBytes();
        live.done(suspend("0"));
        assertThat(snapshot.toBytes()).isEqualTo(before);
    }

    private static void refused(byte[] bytes, Reason reason) {
        assertThatThrownBy(() -> Snapshot.fromBytes(bytes))
                .isInstanceOfSatisfying(
                        SnapshotException.class,
                        wrong -> assertThat(wrong.reason()).isEqualTo(reason));
    }

    @Test
    void otherBytesAreRefused() {
        refused(new byte[0], Reason.FORMAT);
        refused(new byte[100], Reason.FORMAT);
        refused(
                "no snapshot, but long enough to be one".getBytes(StandardCharsets.UTF_8),
                Reason.FORMAT);
    }

    @Test
    void anotherFormatVersionIsRefused() {
        byte[] bytes = now().toBytes();
        bytes[7]++;
        refused(bytes, Reason.VERSION);
    }

    @Test
    void aMissingAndAChangedByteAreRefused() {
        byte[] bytes = now().toBytes();
        refused(Arrays.copyOf(bytes, bytes.length - 1), Reason.CHECKSUM);
        for (int at = 8; at < bytes.length; at += 97) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x10;
            refused(changed, Reason.CHECKSUM);
        }
    }

    @Test
    void bytesThatLieAboutTheirLengthAreRefusedWhateverTheirChecksum() {
        byte[] bytes = now().toBytes();
        for (int at = 8; at < bytes.length - 8; at += 13) {
            byte[] changed = bytes.clone();
            changed[at] = (byte) 0xFF;
            seal(changed);
            try {
                live.machine.restore(Snapshot.fromBytes(changed));
            } catch (SnapshotException expected) {
                assertThat(expected.reason()).isNotIn(Reason.CHECKSUM, Reason.FORMAT);
            }
        }
    }

    private static void seal(byte[] bytes) {
        long sum = SnapshotWriter.checksum(bytes, bytes.length - Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[bytes.length - 1 - i] = (byte) (sum >>> 8 * i);
        }
    }

    private static void refused(Machine machine, Snapshot snapshot, Reason reason) {
        assertThatThrownBy(() -> machine.restore(snapshot))
                .isInstanceOfSatisfying(
                        SnapshotException.class,
                        wrong -> assertThat(wrong.reason()).isEqualTo(reason));
    }

    @Test
    void aMachineOfAnotherProfileRefusesIt() {
        Machine other = new LiveBoard("qemu-virt", LiveBoard.options("none", 1)).machine;
        refused(other, now(), Reason.PROFILE);
    }

    @Test
    void aMachineOfTheSameNameWithOtherCellsRefusesIt() {
        BoardProfile other =
                TestProfiles.withLimits(live.machine.profile(), SnapshotTest::withFewerFires);
        refused(new Machine(other), now(), Reason.LAYOUT);
    }

    private static Limits withFewerFires(Limits limits) {
        return new Limits(
                limits.domains(),
                limits.vcpus(),
                limits.firings(),
                limits.scheduled() - 1,
                limits.faults(),
                limits.events(),
                limits.consoleBytes());
    }
}

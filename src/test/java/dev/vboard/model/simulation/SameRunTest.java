package dev.vboard.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.Machine;
import dev.vboard.model.Outcome;
import dev.vboard.model.Snapshot;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/**
 * A run is its seed: played again it reports the same events and ends in the same state; so does
 * what goes on from the middle of it, be it a fork, the board that was forked, or one that was
 * bytes in between. {@code -Dvboard.replays=1000} looks at more runs.
 */
class SameRunTest {
    private static final int RUNS = 46;
    private static final int MOVES = 30;

    /** What was reported, in words. */
    private static final class Log implements Events {
        private final List<String> lines = new ArrayList<>();

        Log fork() {
            Log fork = new Log();
            fork.lines.addAll(lines);
            return fork;
        }

        @Override
        public void emit(long now, EventType type, long a, long b, long c, long d, String text) {
            lines.add(now + " " + type + " " + a + " " + b + " " + c + " " + d + " " + text);
        }

        @Override
        public long nextSequence() {
            return lines.size() + 1L;
        }
    }

    /**
     * How a run ended.
     *
     * @param events all of it
     * @param answers those of the last commands
     */
    private record End(List<String> events, List<Outcome> answers, long fingerprint) {}

    private static End goOn(Machine machine, Board board, List<SleepyWorld.Given> given, Log log) {
        board.events(log);
        List<Outcome> answers = new ArrayList<>();
        for (SleepyWorld.Given each : given) {
            answers.add(machine.handle(board, each.command(), each.settle(), () -> false));
        }
        assertThat(board.computeFingerprint()).isEqualTo(board.fingerprint());
        return new End(log.lines, answers, board.fingerprint());
    }

    private static void same(int seed) {
        Dice dice = new Dice(seed);
        Stage stage = Stage.of(dice);
        Log log = new Log();
        SleepyWorld world = new SleepyWorld(stage, List.of(), log);
        world.play(dice, MOVES);
        int middle = dice.below(world.given.size());
        List<SleepyWorld.Given> before = world.given.subList(0, middle);
        List<SleepyWorld.Given> after = world.given.subList(middle, world.given.size());

        Machine machine = stage.place().machine();
        Log again = new Log();
        Board board = machine.create(stage.with(List.of()), again);
        End halfway = goOn(machine, board, before, again);
        Log forksLog = again.fork();
        Log restoredLog = again.fork();
        Board fork = board.fork();
        byte[] bytes = machine.snapshot(board, "").toBytes();
        End end = goOn(machine, board, after, again);
        assertThat(end.events).as("seed %d played again", seed).isEqualTo(log.lines);
        assertThat(end.fingerprint).as("seed %d", seed).isEqualTo(world.fingerprint());

        assertThat(fork.fingerprint()).isEqualTo(halfway.fingerprint);
        assertThat(goOn(machine, fork, after, forksLog))
                .as("seed %d forked", seed)
                .isEqualTo(end);
        Board restored = machine.restore(Snapshot.fromBytes(bytes));
        assertThat(restored.fingerprint()).isEqualTo(halfway.fingerprint);
        assertThat(goOn(machine, restored, after, restoredLog))
                .as("seed %d stored and restored", seed)
                .isEqualTo(end);
    }

    @Test
    void aRunIsItsSeed() {
        int runs = Integer.getInteger("vboard.replays", RUNS);
        for (int seed = 0; seed < runs; seed++) {
            same(seed);
        }
    }
}

package dev.vboard.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.Boot;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Machine.Settle;
import dev.vboard.model.Outcome;
import dev.vboard.model.Query;
import dev.vboard.model.report.DomainReport.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;

/** Design, section 4: one writer per board, and an error of ours stays on its board. */
class BoardRuntimeTest {

    private static final BootOptions OPTIONS =
            new Boot("rfc2018").vcpus(4, 1).roles(Role.values()).options();

    /** What no caller can send: the model trips over it. */
    private static final List<String> TRAP = new AbstractList<>() {
        @Override
        public String get(int index) {
            throw new IllegalStateException("trap");
        }

        @Override
        public int size() {
            return 1;
        }
    };

    private final Pacer pacer = new Pacer();
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final Boards boards = boards(3);
    private final Template template =
            boards.template(new Catalog().find("qemu-virt").orElseThrow(), OPTIONS);

    @AfterEach
    void stop() {
        pacer.close();
    }

    @Test
    void anErrorOfOursStopsThatBoardAndNoOther() {
        BoardRuntime bad = create("bad");
        BoardRuntime good = create("good");
        assertThatThrownBy(() -> bad.exclusively(
                        turn -> turn.act(new Action.SetHazards(TRAP), Settle.AS_FOUND)))
                .isInstanceOf(Quarantined.class)
                .hasMessageStartingWith("bad-r0-");
        assertThatThrownBy(() -> bad.exclusively(turn -> turn.ask(new Query.Summary())))
                .isInstanceOf(Quarantined.class);
        Outcome answer = good.exclusively(turn -> turn.ask(new Query.Summary()));
        assertThat(answer).isInstanceOf(Outcome.Done.class);
        long[] quarantined = new long[1];
        bad.readEvents(0, (_, _, type, _, _, _, _, text) -> {
            quarantined[0] +=
                    type.wire().equals("quarantined") && text.startsWith("bad-r0-") ? 1 : 0;
            return true;
        });
        assertThat(quarantined[0]).isEqualTo(1);
        assertThat(boards.delete("bad")).isTrue();
    }

    @Test
    void aRefusalChangesNothing() {
        BoardRuntime board = create("a");
        board.exclusively(turn -> {
            long before = turn.fingerprint();
            long seq = turn.log().lastSeq();
            Outcome outcome = turn.act(new Action.DestroyDomain("0"), Settle.AS_FOUND);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(turn.fingerprint()).isEqualTo(before);
            assertThat(turn.revision()).isZero();
            assertThat(turn.log().lastSeq()).isEqualTo(seq);
            return outcome;
        });
    }

    @Test
    void aDeletedBoardIsGoneForThoseWhoWaitedForIt() {
        BoardRuntime board = create("a");
        boards.delete("a");
        assertThatThrownBy(() -> board.exclusively(turn -> turn)).isInstanceOf(BoardGone.class);
        assertThat(boards.find("a")).isEmpty();
        assertThat(boards.count()).isZero();
    }

    @Test
    void thereAreNoMoreBoardsThanAllowed() {
        create("a");
        create("b");
        create("c");
        assertThat(boards.create(template, "d", Collections.emptySortedMap(), 0))
                .isEqualTo(new Creation.Full(3));
        boards.delete("b");
        create("d");
        assertThat(boards.count()).isEqualTo(3);
    }

    @Test
    void aForkThatFindsNoRoomLeavesNothingBehind() {
        BoardRuntime board = create("a");
        List<Creation> made = board.exclusively(turn -> boards.fork(turn, List.of("b", "c", "d")));
        assertThat(made).containsExactly(new Creation.Full(3));
        assertThat(boards.count()).isEqualTo(1);
    }

    @Test
    void bootHistoryIsSmall() {
        BoardRuntime board = create("a");
        board.exclusively(turn -> {
            assertThat(turn.log().lastSeq()).isPositive();
            assertThat(turn.log().bytes()).isLessThan(4096);
            return turn;
        });
    }

    private BoardRuntime create(String id) {
        Creation made = boards.create(template, id, Collections.emptySortedMap(), 0);
        return ((Creation.Created) made).board();
    }

    private Boards boards(int limit) {
        ServiceLimits limits = new ServiceLimits(
                limit,
                10,
                10,
                10,
                10,
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(2),
                10,
                DataSize.ofMegabytes(1));
        return new Boards(limits, pacer, beans.getBeanProvider(BoardListener.class));
    }
}

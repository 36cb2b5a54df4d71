package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;
import dev.vboard.http.Exchanged;
import dev.vboard.http.HttpTest;
import dev.vboard.runtime.Boards;

import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A test that goes through the contract's operations. */
abstract class ContractTest extends HttpTest {
    /** The contract. */
    static final ContractFile FILE = ContractFile.asWritten();

    @Autowired
    private List<Boards> boards = List.of();

    @Autowired
    private List<Supplier<Catalog>> catalogs = List.of();

    @AfterEach
    void removeManyBoards() {
        boards().after("").forEach(board -> boards().delete(board.id()));
    }

    private Catalog catalog() {
        return catalogs.getFirst().get();
    }

    /** The boards of the running service. */
    Boards boards() {
        return boards.getFirst();
    }

    /** Makes a scene, and another board that nothing shall happen to. */
    void set(Scene scene) {
        if (!scene.board().isEmpty()) {
            board(scene.board());
            board("{\"id\":\"witness\",\"profile\":\"zcu102\"}");
        }
        for (int i = 0; i < scene.before().size(); i += 2) {
            String[] call = scene.before().get(i).split(" ");
            String target = call[1].startsWith("/api/") ? call[1] : BOARDS + "/b-1" + call[1];
            Exchanged made = http.send(call[0], target, scene.before().get(i + 1));
            assertThat(made.status()).describedAs(made.toString()).isBetween(200, 299);
        }
    }

    /** All boards with their revisions, labels and fingerprints, and all profiles. */
    String everything() {
        return catalog().entries() + "\n"
                + boards().after("").stream()
                        .map(board -> board.exclusively(turn -> board.id() + " " + turn.revision()
                                + " " + turn.labels() + " " + Long.toHexString(turn.fingerprint())))
                        .collect(Collectors.joining("\n"));
    }

    /** Makes a request that is refused, and sees that nothing has changed. */
    JsonNode refused(int status, Attempt attempt) {
        String before = everything();
        Exchanged answer = attempt.make(http);
        JsonNode problem = json(status, answer);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(everything()).describedAs(answer.toString()).isEqualTo(before);
        return problem;
    }
}

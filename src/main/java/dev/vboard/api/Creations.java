package dev.vboard.api;

import dev.vboard.api.body.BoardCreate;
import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Catalog;
import dev.vboard.model.BootOptions;
import dev.vboard.model.core.Refusal;
import dev.vboard.runtime.Boards;
import dev.vboard.runtime.Template;

import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From what a request says of a board to the booted board it begins as. */
@Component
class Creations {
    private final Supplier<Catalog> catalog;
    private final Boards boards;

    Creations(Supplier<Catalog> catalog, Boards boards) {
        this.catalog = catalog;
        this.boards = boards;
    }

    /**
     * The template of such a board.
     *
     * @param pointer where in the request's body it stands
     * @throws ProblemException 422 when there is no such board
     */
    Template template(BoardCreate body, String pointer) {
        String name = body.profile() == null ? BoardOptions.USUAL_PROFILE : body.profile();
        Catalog.Entry kind = catalog.get().find(name).orElseThrow(() -> {
            List<String> near = catalog.get().nearest(name);
            List<String> told = near.isEmpty() ? catalog.get().ids() : near;
            String message = "is no profile; there are " + String.join(", ", told);
            return ProblemException.invalid(
                    List.of(new Violation(pointer + "/profile", message)), told);
        });
        BootOptions options = options(body, kind, pointer);
        Optional<Refusal> refusal = boards.check(kind, options);
        if (refusal.isPresent()) {
            Refusal why = refusal.get();
            throw new ProblemException(Problems.invalid(
                    List.of(new Violation(pointer + why.pointer(), why.detail())), why.nearest()));
        }
        return boards.template(kind, options);
    }

    private static BootOptions options(BoardCreate body, Catalog.Entry kind, String pointer) {
        try {
            return BoardOptions.of(body, kind);
        } catch (ProblemException e) {
            throw new ProblemException(Problems.below(pointer, e.problem()));
        }
    }

    /** Ids that begin alike, with numbers from zero, all equally wide. */
    static List<String> ids(String prefix, int count) {
        int width = String.valueOf(count - 1).length();
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String number = String.valueOf(i);
            ids.add(prefix + "0".repeat(width - number.length()) + number);
        }
        return ids;
    }
}

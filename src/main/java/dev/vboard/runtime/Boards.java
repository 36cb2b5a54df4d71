package dev.vboard.runtime;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.BootOptions;
import dev.vboard.model.Machine;
import dev.vboard.model.core.Refusal;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** All boards of this service, by id. */
@Component
public final class Boards {
    /** Kinds of board whose booted state is kept; the one unused for longest goes first. */
    private static final int TEMPLATES = 256;

    /** Compiled profiles that are kept, likewise; boards hold on to their own. */
    private static final int MACHINES = 64;

    private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 10;

    private final ConcurrentSkipListMap<String, BoardRuntime> boards =
            new ConcurrentSkipListMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Machine> machines = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Machine> eldest) {
            return size() > MACHINES;
        }
    };
    private final Map<TemplateKey, Template> templates = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TemplateKey, Template> eldest) {
            return size() > TEMPLATES;
        }
    };
    private final Surroundings surroundings;
    private final int limit;

    Boards(
            ServiceLimits limits,
            Pacer pacer,
            HeapPressure heap,
            ObjectProvider<BoardListener> listeners) {
        limit = limits.maxBoards();
        long budgetNanos = limits.wallTimePerCall().toNanos();
        surroundings = new Surroundings(
                budgetNanos, pacer, heap, listeners.orderedStream().toList());
    }

    /** The board with that id. */
    public Optional<BoardRuntime> find(String id) {
        return Optional.ofNullable(boards.get(id));
    }

    /** All boards by id, from the first whose id is greater than that one. */
    public Collection<BoardRuntime> after(String id) {
        return boards.tailMap(id, false).values();
    }

    /** How many boards there are. */
    public int count() {
        return count.get();
    }

    /** The machine of a profile; the same for equal ones, as long as it is kept. */
    public Machine machine(Catalog.Entry kind) {
        synchronized (machines) {
            return machines.computeIfAbsent(kind.text(), _ -> new Machine(kind.profile()));
        }
    }

    /** What is wrong with those options on a board of that profile. */
    public Optional<Refusal> check(Catalog.Entry kind, BootOptions options) {
        return machine(kind).check(options);
    }

    /** The booted board that boards of that profile with those options, found right, begin as. */
    public Template template(Catalog.Entry kind, BootOptions options) {
        TemplateKey key = new TemplateKey(kind.text(), options);
        synchronized (templates) {
            return templates.computeIfAbsent(key, _ -> new Template(machine(kind), options));
        }
    }

    /**
     * Creates a board.
     *
     * @param seed of everything that is made up on it
     */
    public Creation create(
            Template template, String id, SortedMap<String, String> labels, long seed) {
        return add(id, new BoardRuntime(surroundings, template, id, labels, seed));
    }

    /** Deletes a board; whether it was there. */
    public boolean delete(String id) {
        BoardRuntime board = boards.remove(id);
        if (board == null) {
            return false;
        }
        count.decrementAndGet();
        board.delete();
        return true;
    }

    /**
     * Makes boards that are as that one is now, all or none.
     *
     * @param ids of the new boards
     */
    public List<Creation> fork(BoardRuntime.Turn turn, List<String> ids) {
        List<Creation> made = new ArrayList<>();
        for (String id : ids) {
            Creation creation = add(id, turn.fork(id));
            if (!(creation instanceof Creation.Created)) {
                made.forEach(earlier -> undo((Creation.Created) earlier));
                return List.of(creation);
            }
            made.add(creation);
        }
        return made;
    }

    private void undo(Creation.Created created) {
        delete(created.board().id());
    }

    private Creation add(String id, BoardRuntime board) {
        if (surroundings.heapHasNoRoom()) {
            return new Creation.NoMemory();
        }
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return new Creation.Full(limit);
        }
        if (boards.putIfAbsent(id, board) != null) {
            count.decrementAndGet();
            return new Creation.Refused(Refusal.conflict(
                    "board-exists",
                    "there is a board " + id + " already",
                    List.of("board " + id),
                    List.of("DELETE /api/v1/boards/" + id)));
        }
        return new Creation.Created(board);
    }

    /** An id that nobody has chosen. */
    public static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder id = new StringBuilder("b-");
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
        }
        return id.toString();
    }

    private record TemplateKey(String kind, BootOptions options) {}
}

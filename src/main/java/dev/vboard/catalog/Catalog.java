package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;
import dev.vboard.model.profile.BoardProfile;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The profiles that ship with the service, and those that users add. The shipped ones are read
 * once, strictly: one with a fault stops the service from starting. Added ones may extend any
 * profile there is; they keep what that one said when they were added.
 */
public final class Catalog {
    private final ObjectNode defaults;
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final SortedMap<String, String> idOfAlias = new TreeMap<>();
    private final SortedMap<String, Entry> added = new ConcurrentSkipListMap<>();
    private final AtomicLong revisions = new AtomicLong();

    /**
     * A profile and how it is told.
     *
     * @param profile the profile, merged
     * @param parent the profile it extends
     * @param aliases other names it is found by
     * @param text the merged document as JSON, the same for equal profiles
     * @param revision 0 for a shipped profile, else grows with each change of an added one
     */
    public record Entry(
            BoardProfile profile,
            Optional<String> parent,
            List<String> aliases,
            String text,
            long revision) {
        /** Whether it came with the service. */
        public boolean shipped() {
            return revision == 0;
        }

        /** The merged document, every field present, in the contract's order. */
        public ObjectNode document() {
            return ProfileText.parse(text);
        }
    }

    /**
     * Reads every profile on the class path.
     *
     * @throws ProfileException when one has a fault
     */
    public Catalog() {
        defaults = ProfileText.parse(read(new ClassPathResource("catalog/defaults.yaml")));
        SortedMap<String, ObjectNode> documents = new TreeMap<>();
        for (Resource resource : shipped()) {
            ObjectNode document = ProfileText.parse(read(resource));
            String id = document.path("id").asString("");
            if (documents.put(id, document) != null) {
                throw taken("/id", id);
            }
        }
        for (String id : documents.keySet()) {
            enter(id, documents, new TreeSet<>());
        }
    }

    private static List<Resource> shipped() {
        try {
            var resolver = new PathMatchingResourcePatternResolver();
            return List.of(resolver.getResources("classpath*:profiles/*.yaml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void enter(String id, SortedMap<String, ObjectNode> documents, TreeSet<String> open) {
        ObjectNode document = documents.get(id);
        if (document == null || entries.containsKey(id)) {
            return;
        }
        if (!open.add(id)) {
            throw new ProfileException(List.of(new Fault("/extends", id + " extends itself")));
        }
        List<Fault> faults = new ArrayList<>();
        ProfileReader.parentOf(document, faults).ifPresent(name -> enter(name, documents, open));
        Entry entry = entry(document, Optional.empty());
        entries.put(id, entry);
        for (String alias : entry.aliases()) {
            if (documents.containsKey(alias) || idOfAlias.put(alias, id) != null) {
                throw taken("/aliases", alias);
            }
        }
    }

    private static ProfileException taken(String pointer, String name) {
        String message = "there are two profiles called " + name;
        return new ProfileException(List.of(new Fault(pointer, message)));
    }

    /** The ids of all profiles, sorted. */
    public List<String> ids() {
        return entries().stream().map(entry -> entry.profile().id()).toList();
    }

    /** All profiles, sorted by id. */
    public List<Entry> entries() {
        SortedMap<String, Entry> all = new TreeMap<>(added);
        all.putAll(entries);
        return List.copyOf(all.values());
    }

    /** The profile with that id or alias. */
    public Optional<Entry> find(String name) {
        Entry shipped = entries.get(idOfAlias.getOrDefault(name, name));
        if (shipped != null) {
            return Optional.of(shipped);
        }
        Entry own = added.get(name);
        return own != null
                ? Optional.of(own)
                : added.values().stream()
                        .filter(entry -> entry.aliases().contains(name))
                        .findFirst();
    }

    /** What became of a profile that was to be kept or removed. */
    public sealed interface Change {
        /** It is kept; whether there was none of that id before. */
        record Kept(Entry entry, boolean created) implements Change {}

        /** It is gone. */
        record Removed() implements Change {}

        /** There is none of that id. */
        record Absent() implements Change {}

        /** The profile of that id comes with the service. */
        record Shipped(Entry entry) implements Change {}

        /** There are as many added ones as there may be. */
        record Full(int most) implements Change {}
    }

    /**
     * Adds a profile or replaces an added one. One that says what it said before stays as it is,
     * its revision too.
     *
     * @param id its id; the document may leave it out, or must say the same
     * @param most how many added profiles there may be
     * @param condition looks at what is there now, and throws to stop the change
     * @throws ProfileException when anything is wrong with it, naming all of it
     */
    public synchronized Change put(
            String id, ProfileDocument document, int most, Consumer<Optional<Entry>> condition) {
        Optional<Entry> before = Optional.ofNullable(added.get(id));
        Optional<Entry> shipped = find(id).filter(Entry::shipped);
        condition.accept(shipped.or(() -> before));
        if (shipped.isPresent()) {
            return new Change.Shipped(shipped.get());
        }
        Entry read = entry(document.called(id), Optional.of(id));
        if (before.isPresent() && before.get().text().equals(read.text())) {
            return new Change.Kept(before.get(), false);
        }
        if (before.isEmpty() && added.size() >= most) {
            return new Change.Full(most);
        }
        Entry kept = new Entry(
                read.profile(),
                read.parent(),
                read.aliases(),
                read.text(),
                revisions.incrementAndGet());
        added.put(id, kept);
        return new Change.Kept(kept, before.isEmpty());
    }

    /**
     * Removes an added profile; boards that have it keep it.
     *
     * @param condition looks at what is there now, and throws to stop the change
     */
    public synchronized Change remove(String id, Consumer<Optional<Entry>> condition) {
        Optional<Entry> there = find(id);
        condition.accept(there);
        if (there.isEmpty()) {
            return new Change.Absent();
        }
        if (there.get().shipped()) {
            return new Change.Shipped(there.get());
        }
        added.remove(there.get().profile().id());
        return new Change.Removed();
    }

    /** Ids and aliases that someone may have meant by a name, nearest first, at most three. */
    public List<String> nearest(String name) {
        return Typo.meant(name, names());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Entry entry : entries()) {
            names.add(entry.profile().id());
            names.addAll(entry.aliases());
        }
        return names;
    }

    /**
     * Reads a document, YAML or JSON, that may extend a profile of this catalogue; keeps nothing.
     *
     * @throws ProfileException when anything is wrong, naming all of it
     */
    public Entry load(String yaml) {
        return entry(ProfileText.parse(yaml), Optional.empty());
    }

    /**
     * Reads a document that was merged once, as {@link Entry#text} has it: the profile it extended
     * need not be there any more. Keeps nothing.
     *
     * @throws ProfileException when anything is wrong, naming all of it
     */
    public Entry merged(String text) {
        ObjectNode document = ProfileText.parseJson(text);
        Optional<String> parent = ProfileReader.parentOf(document, new ArrayList<>());
        document.putNull("extends");
        Entry whole = entry(document, Optional.empty());
        ObjectNode written = new ProfileWriter(whole.profile()).document(parent, whole.aliases());
        return new Entry(whole.profile(), parent, whole.aliases(), written.toString(), 0);
    }

    private Entry entry(ObjectNode document, Optional<String> own) {
        List<Fault> faults = new ArrayList<>();
        Optional<String> parent = ProfileReader.parentOf(document, faults);
        ObjectNode base = parent.flatMap(this::find).map(Entry::document).orElse(defaults);
        boolean onItself = parent.isPresent() && parent.equals(own);
        if (onItself || parent.isPresent() && find(parent.get()).isEmpty()) {
            String message = onItself
                    ? "is this profile itself"
                    : "there is no profile " + parent.get() + Typo.hint(parent.get(), names());
            faults.add(new Fault("/extends", message));
            throw new ProfileException(faults);
        }
        boolean ownTree = document.path("power").has("tree");
        boolean deriveTree = !ownTree && (document.has("cpus") || parent.isEmpty());
        ObjectNode merged = ProfileText.merge(base, document);
        ProfileReader reader = new ProfileReader(merged, deriveTree, faults);
        BoardProfile profile = reader.profile();
        List<String> aliases = reader.aliases();
        own.ifPresent(id -> names(id, profile, aliases, faults));
        List<Fault> contradictions = new ArrayList<>();
        new ProfileChecks(profile, new Findings(List.copyOf(faults), contradictions)).run();
        faults.addAll(contradictions);
        if (!faults.isEmpty()) {
            throw new ProfileException(faults);
        }
        ObjectNode written = new ProfileWriter(profile).document(parent, aliases);
        return new Entry(profile, parent, aliases, written.toString(), 0);
    }

    /** An added profile goes by its own id, and takes nobody's name. */
    private void names(String id, BoardProfile profile, List<String> aliases, List<Fault> faults) {
        boolean wrong = faults.stream().anyMatch(fault -> fault.pointer().equals("/id"));
        if (!wrong && !profile.id().equals(id)) {
            faults.add(new Fault("/id", "must be " + id + ", as in the path"));
        }
        find(id).filter(other -> !other.profile().id().equals(id))
                .ifPresent(other -> faults.add(new Fault(
                        "/id", "is an alias of profile " + other.profile().id())));
        for (int i = 0; i < aliases.size(); i++) {
            String alias = aliases.get(i);
            boolean taken = alias.equals(id)
                    || aliases.indexOf(alias) < i
                    || find(alias)
                            .filter(other -> !other.profile().id().equals(id))
                            .isPresent();
            if (taken && !alias.isEmpty()) {
                faults.add(new Fault("/aliases/" + i, "is the name of a profile already"));
            }
        }
    }
}

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

/**
 * The profiles that ship with the service. They are read once, strictly: a shipped profile with a
 * fault stops the service from starting.
 */
public final class Catalog {
    private final ObjectNode defaults;
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final SortedMap<String, String> idOfAlias = new TreeMap<>();

    /**
     * A profile and how it is told.
     *
     * @param profile the profile, merged
     * @param parent the profile it extends
     * @param aliases other names it is found by
     * @param text the merged document as JSON, the same for equal profiles
     */
    public record Entry(
            BoardProfile profile, Optional<String> parent, List<String> aliases, String text) {
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

    private static String read(Resource resource) {
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
        Entry entry = entry(document);
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
        return List.copyOf(entries.keySet());
    }

    /** All profiles, sorted by id. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The profile with that id or alias. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(idOfAlias.getOrDefault(name, name)));
    }

    /** Ids and aliases that someone may have meant by a name, nearest first, at most three. */
    public List<String> nearest(String name) {
        return Nearest.to(name, names());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(entries.keySet());
        names.addAll(idOfAlias.keySet());
        return names;
    }

    /**
     * Reads a document, YAML or JSON, that may extend a profile of this catalogue; keeps nothing.
     *
     * @throws ProfileException when anything is wrong, naming all of it
     */
    public Entry load(String yaml) {
        return entry(ProfileText.parse(yaml));
    }

    private Entry entry(ObjectNode document) {
        List<Fault> faults = new ArrayList<>();
        Optional<String> parent = ProfileReader.parentOf(document, faults);
        ObjectNode base = parent.flatMap(this::find).map(Entry::document).orElse(defaults);
        if (parent.isPresent() && find(parent.get()).isEmpty()) {
            String message = "there is no profile " + parent.get();
            faults.add(new Fault("/extends", message + Nearest.hint(parent.get(), names())));
            throw new ProfileException(faults);
        }
        boolean ownTree = document.path("power").has("tree");
        boolean deriveTree = !ownTree && (document.has("cpus") || parent.isEmpty());
        ObjectNode merged = ProfileText.merge(base, document);
        ProfileReader reader = new ProfileReader(merged, deriveTree, faults);
        BoardProfile profile = reader.profile();
        List<String> aliases = reader.aliases();
        stopAt(faults);
        new ProfileChecks(profile, faults).run();
        stopAt(faults);
        ObjectNode written = new ProfileWriter(profile).document(parent, aliases);
        return new Entry(profile, parent, aliases, written.toString());
    }

    private static void stopAt(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new ProfileException(faults);
        }
    }
}

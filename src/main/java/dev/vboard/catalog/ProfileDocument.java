package dev.vboard.catalog;

import tools.jackson.databind.node.ObjectNode;

/** A profile as its author wrote it: readable, and not looked at any further. */
public final class ProfileDocument {
    private final ObjectNode root;

    private ProfileDocument(ObjectNode root) {
        this.root = root;
    }

    /**
     * Reads a text.
     *
     * @param json whether it is JSON, and not YAML
     * @throws UnreadableProfileException when it is no text of that form
     * @throws ProfileException when it is, and holds no object
     */
    public static ProfileDocument of(String text, boolean json) {
        return new ProfileDocument(json ? ProfileText.parseJson(text) : ProfileText.parse(text));
    }

    /** The document with an id, where it gives itself none. */
    ObjectNode called(String id) {
        if (root.has("id")) {
            return root;
        }
        ObjectNode named = root.deepCopy();
        named.put("id", id);
        return named;
    }
}

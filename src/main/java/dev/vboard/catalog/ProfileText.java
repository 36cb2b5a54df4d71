package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.List;
import java.util.Map;

/** The text of profile documents: YAML, of which JSON is a part. */
final class ProfileText {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final YAMLMapper MAPPER = mapper();

    private ProfileText() {}

    private static YAMLMapper mapper() {
        YAMLFactory factory = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(16)
                        .maxStringLength(4096)
                        .maxNumberLength(40)
                        .build())
                .build();
        return YAMLMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * The one object a text holds.
     *
     * @throws ProfileException when it is no such text
     */
    static ObjectNode parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw refused("", "is longer than " + MOST_CHARACTERS + " characters");
        }
        try (JsonParser parser = MAPPER.createParser(text)) {
            return parse(parser);
        }
    }

    private static ObjectNode parse(JsonParser parser) {
        try {
            JsonNode node = MAPPER.readTree(parser);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw refused("", "must be an object");
        } catch (JacksonException wrong) {
            String pointer = parser.streamReadContext().pathAsPointer().toString();
            throw refused(pointer, wrong.getOriginalMessage().strip().replaceAll("\\s+", " "));
        }
    }

    private static ProfileException refused(String pointer, String message) {
        return new ProfileException(List.of(new Fault(pointer, message)));
    }

    /**
     * A document laid over another: objects merge field by field, all else replaces. What names a
     * document is never inherited.
     */
    static ObjectNode merge(ObjectNode base, ObjectNode over) {
        ObjectNode merged = base.deepCopy();
        merged.remove(List.of("id", "aliases", "extends"));
        lay(merged, over);
        return merged;
    }

    private static void lay(ObjectNode into, ObjectNode over) {
        for (Map.Entry<String, JsonNode> field : over.properties()) {
            JsonNode below = into.path(field.getKey());
            if (below instanceof ObjectNode inner && field.getValue() instanceof ObjectNode outer) {
                lay(inner, outer);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }
}

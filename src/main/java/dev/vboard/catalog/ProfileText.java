package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.List;
import java.util.Map;

/** The text of profile documents: YAML, of which JSON is a part, or JSON taken strictly. */
final class ProfileText {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(16)
            .maxStringLength(4096)
            .maxNumberLength(40)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(CONSTRAINTS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(CONSTRAINTS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProfileText() {}

    /**
     * The one object a text holds.
     *
     * @throws ProfileException when it is no such text
     */
    static ObjectNode parse(String text) {
        return parse(text, YAML);
    }

    /** The same of a text that must be JSON. */
    static ObjectNode parseJson(String text) {
        return parse(text, JSON);
    }

    private static ObjectNode parse(String text, ObjectMapper mapper) {
        if (text.length() > MOST_CHARACTERS) {
            throw refused("", "is longer than " + MOST_CHARACTERS + " characters");
        }
        try (JsonParser parser = mapper.createParser(text)) {
            return parse(parser);
        }
    }

    private static ObjectNode parse(JsonParser parser) {
        try {
            JsonNode node = parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw refused("", "is followed by something else");
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw refused("", "must be an object");
        } catch (JacksonException wrong) {
            String pointer = parser.streamReadContext().pathAsPointer().toString();
            String message = wrong.getOriginalMessage().strip().replaceAll("\\s+", " ");
            boolean unreadable = wrong instanceof StreamReadException
                    && !(wrong instanceof StreamConstraintsException)
                    && !message.startsWith("Duplicate");
            if (unreadable) {
                throw new UnreadableProfileException(new Fault(pointer, message));
            }
            throw refused(pointer, message);
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

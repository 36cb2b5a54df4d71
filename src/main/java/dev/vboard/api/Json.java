package dev.vboard.api;

import dev.vboard.api.body.BodyCheck;
import dev.vboard.api.body.Violation;
import dev.vboard.api.body.WireModule;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** Reads request bodies strictly and writes answers. */
final class Json {
    private static final JsonMapper MAPPER = WireModule.strict().build();

    private Json() {}

    /**
     * Reads a body and looks at its limits.
     *
     * @throws ProblemException 400 when it is no JSON, 422 when it is not what is expected
     */
    static <T extends Record> T read(byte[] body, Class<T> type) {
        try {
            return checked(MAPPER.readValue(body, type));
        } catch (JacksonException e) {
            // Binding stops at the first thing that does not fit; worse may come behind it.
            requireJson(body);
            throw BadJson.problem(e, BadJson.pointer(e));
        }
    }

    private static void requireJson(byte[] body) {
        try (JsonParser in = MAPPER.createParser(body)) {
            try {
                while (in.nextToken() != null) {
                    in.finishToken();
                }
            } catch (JacksonException e) {
                throw BadJson.problem(e, in.streamReadContext().pathAsPointer().toString());
            }
        }
    }

    /** As {@link #read(byte[], Class)}, of a part of a body. */
    static <T extends Record> T read(JsonNode body, Class<T> type) {
        try {
            return checked(MAPPER.treeToValue(body, type));
        } catch (JacksonException e) {
            throw BadJson.problem(e, BadJson.pointer(e));
        }
    }

    /** The bytes of an answer, in UTF-8. */
    static byte[] write(Object answer) {
        return MAPPER.writeValueAsBytes(answer);
    }

    private static <T extends Record> T checked(@Nullable T body) {
        if (body == null) {
            throw ProblemException.invalid("", "must not be null");
        }
        if (body.getClass().getPackage() != BodyCheck.class.getPackage()) {
            return body;
        }
        List<Violation> violations = BodyCheck.of(body);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations, List.of());
        }
        return body;
    }
}

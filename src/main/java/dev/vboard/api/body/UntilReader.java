package dev.vboard.api.body;

import dev.vboard.api.body.UntilInput.EventFilter;
import dev.vboard.api.body.UntilInput.Settled;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code "settled"} or a filter of events. */
final class UntilReader extends StdDeserializer<UntilInput> {

    UntilReader() {
        super(UntilInput.class);
    }

    @Override
    public UntilInput deserialize(JsonParser in, DeserializationContext context) {
        if (in.currentToken() == JsonToken.VALUE_STRING && in.getString().equals("settled")) {
            return new Settled();
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw refuse(in, "must be \"settled\" or an object with \"event\"");
        }
        return filter(in);
    }

    private EventFilter filter(JsonParser in) {
        String event = null;
        SortedMap<String, Object> fields = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            Object value = scalar(in, name);
            if (!name.equals("event")) {
                fields.put(name, value);
            } else if (value instanceof String type) {
                event = type;
            } else {
                throw refuse(in, "event must be a string");
            }
        }
        return new EventFilter(required(in, event), fields);
    }

    private String required(JsonParser in, @Nullable String event) {
        if (event == null) {
            throw refuse(in, "must have \"event\"");
        }
        return event;
    }

    private Object scalar(JsonParser in, String name) {
        return switch (in.currentToken()) {
            case VALUE_STRING -> in.getString();
            case VALUE_NUMBER_INT -> in.getBigIntegerValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw refuse(in, name + " must be a string, an integer or a boolean");
        };
    }

    private MismatchedInputException refuse(JsonParser in, String message) {
        return MismatchedInputException.from(in, UntilInput.class, message);
    }
}

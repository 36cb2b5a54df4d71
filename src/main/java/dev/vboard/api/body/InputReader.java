package dev.vboard.api.body;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

import java.math.BigInteger;
import java.util.function.Function;

/** Reads a value that is either a text or an integer; what it refuses names the place. */
final class InputReader<T> extends StdDeserializer<T> {

    private final transient Function<String, T> text;
    private final transient Function<BigInteger, T> number;

    InputReader(Class<T> type, Function<String, T> text, Function<BigInteger, T> number) {
        super(type);
        this.text = text;
        this.number = number;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
        JsonToken token = in.currentToken();
        try {
            return switch (token) {
                case VALUE_STRING -> text.apply(in.getString());
                case VALUE_NUMBER_INT -> number.apply(in.getBigIntegerValue());
                default -> throw new IllegalArgumentException("must be an integer or a string");
            };
        } catch (IllegalArgumentException e) {
            throw MismatchedInputException.from(in, handledType(), e.getMessage());
        }
    }
}

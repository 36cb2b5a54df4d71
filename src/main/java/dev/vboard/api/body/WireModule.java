package dev.vboard.api.body;

import dev.vboard.model.report.U64;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

import java.math.BigInteger;
import java.util.function.Function;

/** Teaches Jackson the values of the contract and which properties may be left out. */
public final class WireModule extends SimpleModule {

    private static final long serialVersionUID = 1;
    private static final int MAX_DEPTH = 32;

    /** The module; it has no state. */
    public WireModule() {
        super("vboard-wire");
        addSerializer(new U64Serializer());
        input(HexOrInt.class, HexOrInt::parse, HexOrInt::of);
        input(DurationInput.class, DurationInput::parse, DurationInput::of);
        input(AtInput.class, AtInput::parse, AtInput::of);
        input(IntidInput.class, IntidInput::parse, IntidInput::of);
        addDeserializer(UntilInput.class, new UntilReader());
        setDeserializerModifier(new StrictNulls());
    }

    private <T> void input(
            Class<T> type, Function<String, T> text, Function<BigInteger, T> number) {
        addDeserializer(type, new InputReader<>(type, text, number));
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new WireRules());
    }

    /** A builder for a mapper that reads strictly: what the contract does not allow is refused. */
    public static JsonMapper.Builder strict() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new WireModule())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, texts -> {
                    texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
    }

    private static final class U64Serializer extends StdSerializer<U64> {

        private U64Serializer() {
            super(U64.class);
        }

        @Override
        public void serialize(U64 value, JsonGenerator out, SerializationContext context) {
            out.writeString(U64.hex(value.value()));
        }
    }
}

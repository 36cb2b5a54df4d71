package dev.vboard.api.body;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.NullValueProvider;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.util.AccessPattern;

/** Lets a property of a body be left out but not be {@code null}; Jackson alone refuses both. */
final class StrictNulls extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public BeanDeserializerBuilder updateBuilder(
            DeserializationConfig config,
            BeanDescription.Supplier bean,
            BeanDeserializerBuilder builder) {
        Class<?> type = bean.getBeanClass();
        if (type.isRecord() && type.getPackage() == StrictNulls.class.getPackage()) {
            ValueInstantiator plain = builder.getValueInstantiator();
            SettableBeanProperty[] properties =
                    plain.getFromObjectArguments(config).clone();
            for (int i = 0; i < properties.length; i++) {
                properties[i] = properties[i].withNullProvider(new Refusal(properties[i]));
                builder.addOrReplaceProperty(properties[i], true);
            }
            builder.setValueInstantiator(new WithProperties(plain, properties));
        }
        return builder;
    }

    private record Refusal(SettableBeanProperty property) implements NullValueProvider {

        @Override
        public Object getNullValue(DeserializationContext context) {
            throw InvalidNullException.from(context, property.getFullName(), property.getType());
        }

        @Override
        @SuppressWarnings("NullAway") // Jackson's own default answers null here
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        @Override
        public AccessPattern getNullAccessPattern() {
            return AccessPattern.DYNAMIC;
        }
    }

    // Must hand out the very objects that the builder has: Jackson replaces them by identity.
    private static final class WithProperties extends ValueInstantiator.Delegating {

        private static final long serialVersionUID = 1;

        private final transient SettableBeanProperty[] properties;

        private WithProperties(ValueInstantiator plain, SettableBeanProperty[] properties) {
            super(plain);
            this.properties = properties;
        }

        @Override
        public ValueInstantiator createContextual(
                DeserializationContext context, BeanDescription.Supplier bean) {
            return this;
        }

        @Override
        public SettableBeanProperty[] getFromObjectArguments(DeserializationConfig config) {
            return properties;
        }
    }
}

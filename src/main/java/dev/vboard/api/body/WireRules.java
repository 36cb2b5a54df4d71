package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

import java.lang.reflect.RecordComponent;

/** Reads names of constants and what is required from the types; other code annotates it. */
final class WireRules extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config,
            AnnotatedClass type,
            Enum<?>[] constants,
            @Nullable String[] names) {
        for (int i = 0; i < constants.length; i++) {
            if (constants[i] instanceof WireName constant) {
                names[i] = constant.wire();
            }
        }
        return names;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        RecordComponent component = component(member);
        return component == null ? null : !mayBeLeftOut(component);
    }

    /** Whether a body need not have this property. */
    static boolean mayBeLeftOut(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable RecordComponent component(Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)) {
            return null;
        }
        Class<?> owner = parameter.getDeclaringClass();
        return owner.isRecord() && owner.getPackage() == WireRules.class.getPackage()
                ? owner.getRecordComponents()[parameter.getIndex()]
                : null;
    }
}

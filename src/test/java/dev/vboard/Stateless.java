package dev.vboard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.Set;

/**
 * A part of a board may hold views of cells, other parts, profile records, constants and lists of
 * those. An array, a map or a board among its fields would be state that no snapshot knows.
 */
final class Stateless extends ArchCondition<JavaClass> {

    private static final Set<String> CONTAINERS = Set.of("java.util.List", "java.util.Optional");

    private final String model;

    Stateless(String root) {
        super("hold no state");
        this.model = root + ".model.";
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
            boolean holdsState = !field.getModifiers().contains(JavaModifier.STATIC)
                    && !isAllowed(field.getType());
            events.add(new SimpleConditionEvent(field, !holdsState, field.getDescription()));
        }
    }

    private boolean isAllowed(JavaType type) {
        return switch (type) {
            case JavaParameterizedType generic -> isAllowed(generic);
            case JavaClass plain -> isAllowed(plain);
            case JavaWildcardType wildcard ->
                wildcard.getUpperBounds().stream().allMatch(this::isAllowed);
            case JavaTypeVariable<?> variable ->
                variable.getUpperBounds().stream().allMatch(this::isAllowed);
            default -> false;
        };
    }

    private boolean isAllowed(JavaParameterizedType generic) {
        return CONTAINERS.contains(generic.toErasure().getName())
                ? generic.getActualTypeArguments().stream().allMatch(this::isAllowed)
                : isAllowed(generic.toErasure());
    }

    private boolean isAllowed(JavaClass type) {
        return type.isPrimitive()
                || type.isEquivalentTo(String.class)
                || type.isAssignableTo(Number.class) && type.getPackageName().equals("java.lang")
                || isFunctional(type)
                || isOfTheModel(type);
    }

    /** Anything of the model but the board itself; parts are checked in their own turn. */
    private boolean isOfTheModel(JavaClass type) {
        return type.getPackageName().startsWith(model)
                && !type.isArray()
                && !type.getName().equals(model + "core.Board");
    }

    private static boolean isFunctional(JavaClass type) {
        return type.isInterface()
                && type.getAllMethods().stream()
                                .filter(m -> m.getModifiers().contains(JavaModifier.ABSTRACT))
                                .count()
                        == 1;
    }
}

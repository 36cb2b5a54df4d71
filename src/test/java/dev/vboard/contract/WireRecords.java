package dev.vboard.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import dev.vboard.api.body.Answer;
import dev.vboard.api.body.AtInput;
import dev.vboard.api.body.DurationInput;
import dev.vboard.api.body.HexOrInt;
import dev.vboard.api.body.IntidInput;
import dev.vboard.api.body.UntilInput;
import dev.vboard.model.report.BoardSummary;
import dev.vboard.model.report.U64;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The records whose objects go over the wire. */
final class WireRecords {
    /** Written as one text or number; their schemas say which. */
    static final Set<Class<?>> VALUES =
            Set.of(HexOrInt.class, DurationInput.class, AtInput.class, IntidInput.class, U64.class);

    /** Not objects of the wire by themselves. */
    private static final Set<Class<?>> OTHERS = Set.of(
            // What the service adds to a report: the schemas' x-shell.
            Answer.class,
            // What Board says of it is compared there.
            BoardSummary.class,
            // A word, and an object whose properties are those of events.
            UntilInput.Settled.class,
            UntilInput.EventFilter.class);

    private WireRecords() {}

    /** All of them. */
    static List<Class<?>> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.vboard.api.body", "dev.vboard.model.report")
                        .stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect)
                        .filter(type -> !VALUES.contains(type) && !OTHERS.contains(type))
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .sorted(Comparator.comparing(Class::getName))
                        .<Class<?>>map(type -> type)
                        .toList();
    }
}

package dev.vboard;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import java.util.List;
import java.util.Set;

/**
 * What makes one run differ from the next: clocks, threads, chance, the host's settings, identity
 * hashes and the collections ordered by them.
 */
final class Determinism {

    private static final Set<String> TYPES = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.ScopedValue",
            "java.lang.StackWalker",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.util.Calendar",
            "java.util.Currency",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.Properties",
            "java.util.Random",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.SplittableRandom",
            "java.util.TimeZone",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.UUID",
            "java.util.WeakHashMap");

    /** Method names by owner; their answers depend on the run or on the host's settings. */
    private static final Set<String> CALLS = Set.of(
            "java.lang.Object.hashCode",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll",
            "java.lang.Object.wait",
            "java.lang.Enum.hashCode",
            "java.lang.Math.random",
            "java.lang.String.formatted",
            "java.util.Collections.shuffle",
            "java.util.Locale.getDefault",
            "java.util.Map.copyOf",
            "java.util.Map.entry",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Objects.hash",
            "java.util.Objects.hashCode",
            "java.util.Set.copyOf",
            "java.util.Set.of");

    /** These take a locale as their first argument, or the host's when it is missing. */
    private static final Set<String> LOCALISED = Set.of(
            "java.lang.String.format",
            "java.lang.String.toLowerCase",
            "java.lang.String.toUpperCase");

    private Determinism() {}

    static boolean isForbiddenType(JavaClass type) {
        return TYPES.contains(type.getBaseComponentType().getName());
    }

    static boolean isForbidden(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = owner + "." + access.getName();
        return CALLS.contains(name)
                || CALLS.contains(inheritedFrom(access) + "." + access.getName())
                || LOCALISED.contains(name) && !takesLocale(access)
                || owner.equals("java.lang.System") && !access.getName().equals("arraycopy")
                || owner.equals("java.util.Formatter") && !takesLocale(access)
                || owner.equals("java.util.Locale") && isOtherThanRoot(access);
    }

    /** Who really declares the method: an enum's hashCode is written as a call on the enum. */
    private static String inheritedFrom(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
                ? call.resolveMember().map(m -> m.getOwner().getName()).orElse("")
                : "";
    }

    private static boolean takesLocale(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget call)) {
            return true;
        }
        List<JavaClass> parameters = call.getRawParameterTypes();
        return parameters.stream().anyMatch(p -> p.getName().equals("java.util.Locale"));
    }

    /** Constants of Locale are fields in capitals; ROOT is the one that no host can change. */
    private static boolean isOtherThanRoot(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.FieldAccessTarget
                && !access.getName().equals("ROOT");
    }
}

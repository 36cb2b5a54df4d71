package dev.vboard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of who may know whom and where state may live, for the packages below one root: the
 * product's own, or a tree of planted violations that mirrors it.
 */
final class Architecture {

    /** What each layer of the service may see below it. */
    private static final Map<String, List<String>> LAYERS = Map.of(
            "model", List.of("model"),
            "catalog", List.of("catalog", "model"),
            "journal", List.of("journal", "model"),
            "runtime", List.of("runtime", "journal", "catalog", "trace", "model"),
            "metrics", List.of("metrics", "runtime", "journal", "catalog", "trace", "model"),
            "trace", List.of("trace", "model"),
            "console", above("console"),
            "api", above("api"));

    /** What the parts of a board may see beside themselves. */
    private static final List<String> KIT = List.of("core", "profile", "report");

    private static final List<String> LANGUAGE =
            List.of("java.lang", "java.util", "java.util.function", "org.jspecify.annotations");

    private static final List<String> HARDWARE = List.of(
            "bare",
            "cpu",
            "gic",
            "gpio",
            "peripheral",
            "power",
            "rtc",
            "smmu",
            "timer",
            "uart",
            "watchdog");

    private static final List<String> PARTS = plus(HARDWARE, "firmware", "xen", "guest");

    private static final Set<String> MAY_HANDLE = Set.of("BoardRuntime", "Replayer");

    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    private static List<String> above(String layer) {
        return List.of(layer, "trace", "metrics", "runtime", "journal", "catalog", "model");
    }

    /** Rule 1. */
    ArchRule modelDependsOnlyOnTheLanguage() {
        return named(
                "model is pure: itself, java.lang, java.util, java.util.function and JSpecify",
                classes()
                        .that()
                        .resideInAPackage(root + ".model..")
                        .and()
                        .resideOutsideOfPackage(root + ".model.core..")
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(plus(LANGUAGE))));
    }

    /** Rule 1, core: VarHandle besides. */
    ArchRule coreDependsOnlyOnTheLanguage() {
        return named(
                "core is pure: as model, and java.lang.invoke for its packed cells",
                classes()
                        .that()
                        .resideInAPackage(root + ".model.core..")
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage(plus(LANGUAGE, "java.lang.invoke"))));
    }

    /** Rule 2. */
    ArchRule modelIsDeterministic() {
        return named(
                "model gives the same answers in every JVM",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".model..")
                        .should()
                        .dependOnClassesThat(
                                describe("differ by run", Determinism::isForbiddenType))
                        .orShould()
                        .accessTargetWhere(
                                describe("its answer differs by run", Determinism::isForbidden)));
    }

    /** Rule 2, locks. */
    ArchRule modelKnowsNoLocks() {
        return named(
                "model has no synchronized method: a board has one writer",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + ".model..")
                        .should()
                        .notHaveModifier(JavaModifier.SYNCHRONIZED));
    }

    /** Rule 3, cycles. */
    ArchRule packagesHaveNoCycles() {
        return named(
                "packages form no cycle",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
    }

    /** Rule 3, arrows: one rule for each layer, one for each part of the model. */
    List<ArchRule> arrowsPointDown() {
        List<ArchRule> rules = new ArrayList<>();
        LAYERS.forEach((layer, seen) -> rules.add(sees(layer, seen)));
        rules.add(seesInModel("profile", List.of()));
        rules.add(seesInModel("core", List.of("profile")));
        rules.add(seesInModel("report", List.of("core", "profile")));
        HARDWARE.forEach(part -> rules.add(seesInModel(part, KIT)));
        rules.add(seesInModel("firmware", plus(KIT, "cpu", "gic", "power")));
        rules.add(seesInModel("hazard", List.of()));
        rules.add(seesInModel("xen", plus(KIT, "hazard")));
        rules.add(seesInModel("guest", KIT));
        return rules;
    }

    /** Rule 3, no layer and no part of the model besides those named. */
    ArchRule everyLayerIsKnown() {
        List<String> known = new ArrayList<>(List.of(root));
        known.add(root + ".model");
        known.add(root + ".model.hazard..");
        LAYERS.keySet().stream()
                .filter(layer -> !layer.equals("model"))
                .forEach(layer -> known.add(root + "." + layer + ".."));
        plus(PARTS, KIT.toArray(String[]::new))
                .forEach(part -> known.add(root + ".model." + part + ".."));
        return named(
                "every class lives in a layer, or a part of the model, that has its place",
                classes()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .resideInAnyPackage(known.toArray(String[]::new)));
    }

    /** Rule 4, finality. */
    ArchRule fieldsOutsideCoreAreFinal() {
        return named(
                "outside core every field is final",
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + ".model..")
                        .and()
                        .areDeclaredInClassesThat()
                        .resideOutsideOfPackage(root + ".model.core..")
                        .should()
                        .beFinal());
    }

    /** Rule 4, what a part of a board may hold. */
    ArchRule partsHoldNoState() {
        return named(
                "parts of a board hold views, parts, profile records, constants: never state",
                classes()
                        .that(describe("are parts of a board", this::isPart))
                        .should(new Stateless(root)));
    }

    /** Rule 5, visibility. */
    ArchRule controllersArePackagePrivate() {
        return named(
                "controllers are nobody's API but HTTP's",
                classes()
                        .that()
                        .areMetaAnnotatedWith("org.springframework.stereotype.Controller")
                        .or()
                        .areMetaAnnotatedWith(
                                "org.springframework.web.bind.annotation.ControllerAdvice")
                        .should()
                        .bePackagePrivate());
    }

    /** Rule 5, who runs the model. */
    ArchRule onlyTheRuntimeHandlesCommands() {
        return named(
                "only BoardRuntime and the replayer hand commands to a machine",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(root + ".model..")
                        .and(describe(
                                "are not one of " + MAY_HANDLE,
                                c -> !MAY_HANDLE.contains(outermost(c))))
                        .should()
                        .accessTargetWhere(
                                describe("it is Machine.handle", this::isMachineHandle)));
    }

    /** Rule 5, who looks at the invariants. */
    ArchRule everyMachineChecksInvariants() {
        return named(
                "a machine without checks is for measuring only",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .accessTargetWhere(
                                describe("it is Machine.unchecked", this::isMachineUnchecked)));
    }

    /** Rule 5, who says that one is violated. */
    ArchRule onlyChecksReportViolations() {
        return named(
                "a violation is reported by a check",
                noClasses()
                        .that(describe("are no checks", c -> !isCheck(c)))
                        .should()
                        .accessTargetWhere(describe("it reports", this::isReport)));
    }

    /** Rule 5, by what they judge: a check looks at what a bug leaves, not at its switch. */
    ArchRule checksKnowNoHazards() {
        return named(
                "checks know no hazards",
                noClasses()
                        .that(describe("are checks", this::isCheck))
                        .should()
                        .accessTargetWhere(describe("it tells of hazards", this::isHazard)));
    }

    /** Rule 6. */
    ArchRule everyPackageIsNullMarked() {
        return named(
                "every package has a package-info with @NullMarked",
                classes().that().resideInAPackage(root + "..").should(new NullMarkedPackage()));
    }

    /** Every rule there is, so that a test can count that each was seen to fail. */
    List<ArchRule> all() {
        List<ArchRule> all = new ArrayList<>(arrowsPointDown());
        all.add(modelDependsOnlyOnTheLanguage());
        all.add(coreDependsOnlyOnTheLanguage());
        all.add(modelIsDeterministic());
        all.add(modelKnowsNoLocks());
        all.add(packagesHaveNoCycles());
        all.add(everyLayerIsKnown());
        all.add(fieldsOutsideCoreAreFinal());
        all.add(partsHoldNoState());
        all.add(controllersArePackagePrivate());
        all.add(onlyTheRuntimeHandlesCommands());
        all.add(everyMachineChecksInvariants());
        all.add(onlyChecksReportViolations());
        all.add(checksKnowNoHazards());
        all.add(everyPackageIsNullMarked());
        return all;
    }

    private ArchRule sees(String layer, List<String> seen) {
        String[] allowed = seen.stream().map(s -> root + "." + s + "..").toArray(String[]::new);
        return named(
                layer + " sees nothing of ours but " + seen,
                noClasses()
                        .that()
                        .resideInAPackage(root + "." + layer + "..")
                        .should()
                        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(root + "..")
                                .and(JavaClass.Predicates.resideOutsideOfPackages(allowed))));
    }

    private ArchRule seesInModel(String part, List<String> others) {
        List<String> seen = new ArrayList<>();
        plus(others, part).forEach(other -> seen.add("model." + other));
        return sees("model." + part, seen);
    }

    private DescribedPredicate<JavaClass> resideInAnyPackage(List<String> packages) {
        return JavaClass.Predicates.resideInAnyPackage(
                plus(packages, root + ".model..").toArray(String[]::new));
    }

    private boolean isPart(JavaClass type) {
        return PARTS.contains(type.getPackageName().replaceFirst("^.*\\.model\\.", ""))
                && type.getPackageName().startsWith(root + ".model.")
                && !type.isRecord()
                && !type.isEnum()
                && !type.isInterface();
    }

    private boolean isMachineHandle(JavaAccess<?> access) {
        return access.getName().equals("handle")
                && access.getTargetOwner().getName().equals(root + ".model.Machine");
    }

    private boolean isMachineUnchecked(JavaAccess<?> access) {
        return access.getName().equals("unchecked")
                && access.getTargetOwner().getName().equals(root + ".model.Machine");
    }

    private boolean isCheck(JavaClass type) {
        return type.getPackageName().equals(root + ".model.xen")
                && outermost(type).endsWith("Checks");
    }

    private boolean isReport(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return owner.equals(root + ".model.xen.Invariants") && access.getName().equals("violate")
                || owner.equals(root + ".model.xen.Checks") && access.getName().equals("expect");
    }

    private boolean isHazard(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return access.getName().equals("suffers")
                || owner.equals(root + ".model.xen.Hazards")
                || owner.startsWith(root + ".model.hazard.") && owner.endsWith("Hazard");
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(Architecture::outermost).orElse(type.getSimpleName());
    }

    private static List<String> plus(List<String> list, String... more) {
        List<String> all = new ArrayList<>(list);
        all.addAll(List.of(more));
        return all;
    }

    private static ArchRule named(String name, ArchRule rule) {
        return rule.as(name).allowEmptyShould(true);
    }
}

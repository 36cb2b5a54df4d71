package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/**
 * The product's classes against the rules, plainly from test methods: a runner that finds no rule
 * would stay green. That each rule can fail is shown in {@link PlantedViolationsTest}.
 */
class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vboard");

    @Test
    void theProductIsWhatIsLookedAt() {
        assertThat(PRODUCT).hasSizeGreaterThan(30);
        assertThat(PRODUCT.contain(VboardApplication.class)).isTrue();
        assertThat(PRODUCT.contain("dev.vboard.model.core.Board")).isTrue();
        assertThat(PRODUCT.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void theProductObeysEveryRule() {
        Architecture rules = new Architecture("dev.vboard");
        assertThat(rules.all()).hasSizeGreaterThan(30);
        assertAll(rules.all().stream().map(rule -> () -> rule.check(PRODUCT)));
    }
}

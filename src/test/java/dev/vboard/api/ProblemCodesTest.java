package dev.vboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.contract.ContractFile;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Contract, section 9: the type of every problem resolves, so every code is known. */
class ProblemCodesTest {
    private static final Pattern REFUSAL =
            Pattern.compile("(?:notFound|conflict|NOT_FOUND,|CONFLICT,)\\(?\\s*\"([a-z0-9-]+)\"");

    @Test
    void everyCodeOfTheModelIsExplainedAndNoOther() throws IOException {
        SortedSet<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/vboard/model"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher refusals = REFUSAL.matcher(Files.readString(source));
                while (refusals.find()) {
                    used.add(refusals.group(1));
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(30);
        List<String> known = Arrays.stream(RefusalCode.values())
                .map(code -> code.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        used.removeIf(code -> ProblemCode.named(code).isPresent());
        assertThat(used).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theFilesProblemsAreThoseOfTheService() {
        List<JsonNode> problems = ContractFile.asWritten().root().findParents("instance");
        problems.removeIf(problem -> !problem.path("instance").isString());
        assertThat(problems).hasSizeGreaterThan(12).allSatisfy(problem -> {
            String code = problem.path("code").asString();
            assertThat(problem.path("type").asString()).isEqualTo("/problems/" + code);
            Optional<String> title = RefusalCode.named(code)
                    .map(RefusalCode::title)
                    .or(() -> ProblemCode.named(code).map(ProblemCode::title));
            assertThat(title).contains(problem.path("title").asString());
        });
    }
}

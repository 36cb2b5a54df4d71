package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Contract, section 9: what a path names and is not there is a 404, whatever is called on it. */
class NowhereTest extends ContractTest {
    /** For each variable, what no board has. */
    private static final Map<String, List<String>> UNKNOWN = Map.ofEntries(
            Map.entry("board", List.of("none", "B-1", "b-1%20", "...")),
            Map.entry("profile", List.of("none", "ZCU102")),
            Map.entry("code", List.of("none")),
            Map.entry("cpu", List.of("4", "-1", "x", "01x", "99999999999999999999")),
            Map.entry("intid", List.of("1020", "4000000", "spi:988", "spi:", "sgi:16", "-1", "x")),
            Map.entry("device", List.of("uart9", "UART0")),
            Map.entry("domain", List.of("7", "32768", "nobody", "-1", "99999999999999999999")),
            Map.entry("fault", List.of("0", "2", "-1", "x", "99999999999999999999")),
            Map.entry("vcpu", List.of("2", "-1", "x", "99999999999999999999")),
            Map.entry("verb", List.of("paus", "wakeup", "PAUSE")),
            Map.entry("port", List.of("9", "-1", "uart9", "UART0", "d7", "d01")));

    static Stream<Arguments> variables() {
        return FILE.operations().stream()
                // What it names is not there, as a rule.
                .filter(operation -> !operation.id().equals("putProfile"))
                .flatMap(operation -> operation.parameters(FILE).stream()
                        .filter(parameter -> parameter.path("in").asString().equals("path"))
                        .map(parameter ->
                                Arguments.of(operation, parameter.path("name").asString())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("variables")
    void isNotFound(Operation operation, String variable) {
        String example = operation.firstExample();
        Scene scene = Scenes.success(operation, example);
        set(scene);
        for (String unknown : UNKNOWN.getOrDefault(variable, List.of())) {
            Scene there = scene.with(variable, unknown);
            JsonNode problem = refused(404, Attempt.of(FILE, operation, there, example));
            assertThat(problem.path("detail").asString()).isNotBlank();
        }
        assertThat(UNKNOWN).containsKey(variable);
    }
}

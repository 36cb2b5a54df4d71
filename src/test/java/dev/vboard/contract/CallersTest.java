package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Contract, section 5: a caller that cannot execute is a 409 that says what holds it and what would
 * end that, and nothing has changed then.
 */
class CallersTest extends ContractTest {
    private static final String VCPU = "/api/v1/boards/{board}/domains/{domain}/vcpus/{vcpu}";
    private static final String CPU = "/api/v1/boards/{board}/cpus/{cpu}";

    /** Called on a vCPU or CPU, but not by what runs there. */
    private static final Set<String> OF_OTHERS = Set.of("pinVcpu", "offlineCpu", "onlineCpu");

    private static final Map<String, Scene> VCPUS = vcpus();
    private static final Map<String, Scene> CPUS = cpus();

    private static Map<String, Scene> vcpus() {
        Map<String, Scene> scenes = new LinkedHashMap<>();
        scenes.put("board-off", Scene.off());
        scenes.put("board-crashed", Scene.crashed());
        scenes.put("vcpu-off", Scene.guest().with("vcpu", "1"));
        scenes.put("vcpu-blocked", Scene.guest().then("POST /domains/1/vcpus/0/wfi", ""));
        scenes.put("domain-paused", Scene.guest().then("POST /domains/1/pause", ""));
        scenes.put("domain-shut-down", Scene.guest().then("POST /domains/1/crash", ""));
        scenes.put(
                "domain-suspended",
                Scene.guest()
                        .then(
                                "POST /domains/1/vcpus/0/psci",
                                "{\"function\":\"SYSTEM_SUSPEND\",\"args\":[\"0x40080000\"]}"));
        return scenes;
    }

    private static Map<String, Scene> cpus() {
        Map<String, Scene> scenes = new LinkedHashMap<>();
        scenes.put("board-off", Scene.off());
        scenes.put("cpu-off", Scene.bare().with("cpu", "3"));
        scenes.put("cpu-waiting", Scene.bare().then("POST /cpus/1/wfi", ""));
        scenes.put(
                "cpu-off asleep",
                Scene.bare()
                        .then(
                                "POST /cpus/1/psci",
                                "{\"function\":\"CPU_SUSPEND\",\"args\":[0,1074266112]}"));
        return scenes;
    }

    static Stream<Arguments> calls() {
        return Stream.concat(calls(VCPU, VCPUS.keySet()), calls(CPU, CPUS.keySet()));
    }

    private static Stream<Arguments> calls(String path, Set<String> states) {
        List<Operation> operations = FILE.operations().stream()
                .filter(operation -> operation.path().startsWith(path))
                .filter(operation -> !operation.method().equals("GET"))
                .filter(operation -> !OF_OTHERS.contains(operation.id()))
                .toList();
        return states.stream()
                .flatMap(state ->
                        operations.stream().map(operation -> Arguments.of(state, operation)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void areRefused(String state, Operation operation) {
        Scene scene = Objects.requireNonNull(
                (operation.path().startsWith(CPU) ? CPUS : VCPUS).get(state));
        set(scene);
        String example = operation.firstExample();
        JsonNode problem = refused(409, Attempt.of(FILE, operation, scene, example));
        assertThat(problem.path("code").asString()).isEqualTo(state.split(" ")[0]);
        assertThat(problem.path("blocking").size()).isPositive();
        assertThat(problem.path("remedy").size()).isPositive();
        for (JsonNode remedy : problem.path("remedy")) {
            assertThat(remedy.asString())
                    .matches("(?:POST|PUT|DELETE) /api/v1/boards\\S*|interrupt [0-9]+");
        }
    }
}

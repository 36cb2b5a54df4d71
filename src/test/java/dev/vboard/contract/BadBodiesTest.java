package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contract, section 9, and issue 2, bad input: a body that is readable but wrong is a 422 that
 * points at what is wrong, and nothing has changed then.
 */
class BadBodiesTest extends ContractTest {

    static Stream<Operation> operations() {
        return FILE.operations().stream()
                .filter(operation -> !operation.examples().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsWrongIsPointedAt(Operation operation) {
        String example = operation.firstExample();
        Scene scene = Scenes.success(operation, example);
        set(scene);
        Attempt good = Attempt.of(FILE, operation, scene, example);
        JsonNode body = JsonMapper.shared().readTree(good.body());
        List<Mutants.Mutant> mutants = Mutants.of(FILE, operation.requestSchema(), body);
        List<String> astray = new ArrayList<>();
        for (Mutants.Mutant mutant : mutants) {
            JsonNode problem = refused(422, good.saying(mutant.body()));
            String pointed = problem.path("violations").path(0).path("pointer").asString("none");
            if (!pointed.equals(mutant.pointer())) {
                astray.add(mutant + " is pointed at " + pointed);
            }
        }
        assertThat(astray).isEmpty();
        assertThat(mutants).hasSizeGreaterThan(6);
    }

    @Test
    void aNumberIsTakenInEveryFormThatTheContractHas() {
        set(Scene.guest());
        String vcpu = BOARDS + "/b-1/domains/1/vcpus/0";
        for (String address : List.of("\"0x40000000\"", "1073741824", "\"0x00000000040000000\"")) {
            Attempt read = new Attempt(
                    "POST", vcpu + "/mmio", "{\"size\":4,\"address\":" + address + "}", List.of());
            if (address.length() > 19) {
                assertThat(pointers(refused(422, read))).containsExactly("/address");
            } else {
                assertThat(read.make(http).status()).isEqualTo(200);
            }
        }
    }
}

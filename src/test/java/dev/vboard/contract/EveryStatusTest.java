package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.Exchanged;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Issue 2, deliverable 6 (d): each operation answers with each status it lists. Limits of the whole
 * service are reached in LimitsTest.
 */
class EveryStatusTest extends ContractTest {
    private static final int TOO_MANY = 429;
    private static final String TOO_LONG = " ".repeat((1 << 20) + 1);

    static Stream<Arguments> statuses() {
        return FILE.operations().stream()
                .flatMap(operation -> operation.responses().keySet().stream()
                        .filter(status -> status != TOO_MANY)
                        .map(status -> Arguments.of(status, operation)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("statuses")
    void itAnswers(int status, Operation operation) {
        Scene scene = scene(status, operation);
        set(scene);
        String example = operation.firstExample();
        Attempt attempt = attempt(status, Attempt.of(FILE, operation, scene, example));
        if (status >= 400) {
            refused(status, attempt);
            return;
        }
        Exchanged answer = attempt.make(http);
        assertThat(answer.status()).describedAs(answer.toString()).isEqualTo(status);
    }

    private static Scene scene(int status, Operation operation) {
        return switch (status) {
            case 409 -> Scenes.conflict(operation);
            case 410 -> Scenes.forgotten();
            default -> Scenes.answering(status, operation);
        };
    }

    private static Attempt attempt(int status, Attempt good) {
        return switch (status) {
            case 304 -> good.with("If-None-Match", "*");
            case 400 -> good.saying("{");
            case 404 -> good.at(unknown(good.target()));
            case 406 -> good.with("Accept", "image/png");
            case 409 -> good.target().endsWith("/boards") ? good.saying("{\"id\":\"b-1\"}") : good;
            case 410 -> good.asking("after=1");
            case 412 -> good.with("If-Match", "\"4711\"");
            case 413 -> good.saying(TOO_LONG);
            case 415 -> good.saying("{}").with("Content-Type", "text/plain");
            case 422 -> good.asking("nonsense=1");
            default -> good;
        };
    }

    private static String unknown(String target) {
        return target.startsWith(BOARDS)
                ? target.replace(BOARDS + "/b-1", BOARDS + "/nowhere")
                : target.substring(0, target.lastIndexOf('/')) + "/nothing";
    }

    static Stream<Arguments> examples() {
        return FILE.operations().stream()
                .flatMap(operation -> operation.examples().keySet().stream()
                        .map(example -> Arguments.of(operation, example)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("examples")
    void itTakesTheFilesExample(Operation operation, String example) {
        Scene scene = Scenes.success(operation, example);
        set(scene);
        Exchanged answer = Attempt.of(FILE, operation, scene, example).make(http);
        if (operation.responses().firstKey() < 300) {
            assertThat(answer.status()).describedAs(answer.toString()).isBetween(200, 299);
        } else {
            // Xen on Arm refuses each of them.
            problem(409, "xl-refused", answer);
        }
    }
}

package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.Exchanged;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the file shows as answers is what it says of them. */
class ExamplesTest {
    private static final ContractFile FILE = ContractFile.asWritten();

    @Test
    void theFilesAnswersAreAsItDescribesThem() {
        assertThat(differences(FILE)).isEmpty();
        assertThat(answers(FILE)).hasSizeGreaterThan(500);
    }

    @Test
    void anAnswerThatIsNotIsFound() {
        ContractFile other = FILE.with(root -> ((ObjectNode) root.at(
                        "/components/responses/Gone/content/application~1problem+json/example"))
                .remove("title"));
        assertThat(differences(other)).hasSize(1);
    }

    private static List<String> differences(ContractFile file) {
        ExchangeCheck check = new ExchangeCheck(file);
        List<String> found = new ArrayList<>();
        for (Exchanged answer : answers(file)) {
            check.differences(answer)
                    .forEach(difference -> found.add(answer.method() + " " + answer.target() + " "
                            + answer.status() + ": " + difference));
        }
        return found;
    }

    /** Every example of an answer, as if it had been sent. */
    private static List<Exchanged> answers(ContractFile file) {
        List<Exchanged> answers = new ArrayList<>();
        for (Operation operation : file.operations()) {
            Scene scene = Scenes.success(operation, "");
            String example = operation.firstExample();
            Attempt good = Attempt.of(file, operation, scene, example);
            operation.responses().forEach((status, reference) -> {
                JsonNode response = file.resolve(reference);
                response.path("content").forEachEntry((type, content) -> {
                    List<JsonNode> examples = new ArrayList<>();
                    content.path("examples").forEach(one -> examples.add(one.path("value")));
                    if (content.has("example")) {
                        examples.add(content.path("example"));
                    }
                    examples.forEach(one ->
                            answers.add(answer(good, status, type, response.path("headers"), one)));
                });
            });
        }
        return answers;
    }

    private static Exchanged answer(
            Attempt good, int status, String type, JsonNode headers, JsonNode example) {
        Map<String, List<String>> sent = new TreeMap<>();
        headers.propertyNames().forEach(name -> sent.put(name, List.of("x")));
        sent.put("Content-Type", List.of(type));
        String body = example.isString() ? example.asString() : example.toString();
        return new Exchanged(
                good.method(),
                good.target(),
                good.body().isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"),
                good.body().getBytes(StandardCharsets.UTF_8),
                status,
                sent,
                body.getBytes(StandardCharsets.UTF_8));
    }
}

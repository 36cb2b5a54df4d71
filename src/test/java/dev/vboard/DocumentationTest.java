package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vboard.Documents.Block;
import dev.vboard.Documents.Example;
import dev.vboard.http.Exchanged;
import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the documents show is what the service does: every block tagged {@code sh run} is executed
 * against the running service, document by document and in order, and its answer is compared with
 * the {@code json output} that follows.
 */
class DocumentationTest extends HttpTest {
    /** How many blocks each document has that are executed: none is skipped silently. */
    private static final Map<String, Integer> EXECUTED = Map.of(
            "README.md", 5,
            "docs/flavours.md", 12,
            "docs/guests.md", 13,
            "docs/profiles.md", 3,
            "docs/walkthrough.md", 32);

    private static final String SERVICE = "http://localhost:8080";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/flavours.md",
                "docs/guests.md",
                "docs/profiles.md",
                "docs/walkthrough.md"
            })
    void whatADocumentShowsIsWhatTheServiceAnswers(String document) {
        List<Example> examples = Documents.examples(
                Documents.blocks(document, Documents.all().getOrDefault(document, "")));
        int executed = 0;
        for (Example example : examples) {
            assertThat(differences(example)).describedAs(example.call().place()).isEmpty();
            executed++;
        }
        assertThat(executed).isEqualTo(EXECUTED.get(document));
    }

    @Test
    void noOtherDocumentHasBlocksToExecute() {
        Map<String, Integer> counted = new TreeMap<>();
        Documents.all().forEach((document, text) -> {
            int runs = Documents.examples(Documents.blocks(document, text)).size();
            if (runs > 0) {
                counted.put(document, runs);
            }
        });
        assertThat(counted).isEqualTo(EXECUTED);
    }

    @Test
    void noBlockLooksExecutedWithoutBeingSo() {
        Documents.all().forEach((document, text) -> {
            // HazardStoriesTest makes the calls of that one.
            if (!document.equals("docs/hazards.md")) {
                assertThat(Documents.complaints(Documents.blocks(document, text)))
                        .isEmpty();
            }
        });
    }

    @Test
    void everyLinkLeadsSomewhere() {
        for (Map.Entry<String, String> document : Documents.all().entrySet()) {
            assertThat(Documents.brokenLinks(document)).isEmpty();
        }
        assertThat(Documents.brokenLinks(Map.entry("docs/a.md", "[b](adr/none.md#c)")))
                .containsExactly("docs/a.md links adr/none.md");
    }

    @Test
    void theFirstScreenSaysWhereBoardsLiveAndWhoCanReachThem() {
        List<String> lines =
                Documents.all().getOrDefault("README.md", "").lines().limit(30).toList();
        assertThat(String.join(" ", lines))
                .contains("live in memory", "127.0.0.1", "mvn spring-boot:run", "mvn verify");
    }

    @Test
    void aWrongOutputIsFound() {
        String shown = "\"id\":\"planted\",\"profile\":\"zcu102\",\"...\":\"...\"";
        String call = "curl -s -X POST http://localhost:8080/api/v1/boards \\\n"
                + "  -H 'Content-Type: application/json' -d '{\"id\":\"planted\","
                + "\"profile\":\"zcu102\"}'";
        assertThat(differences(planted(call, "{" + shown + "}"))).isEmpty();
        String read = "curl -s http://localhost:8080/api/v1/boards/planted";
        assertThat(differences(planted(read, "{" + shown + ",\"state\":\"OFF\"}")))
                .containsExactly("/state shows \"OFF\", answers \"RUNNING\"");
        assertThat(differences(planted(read, "{" + shown + ",\"speed\":1}")))
                .containsExactly("/speed is shown, but not answered");
        assertThat(differences(planted(read, "{\"id\":\"planted\"}")))
                .contains("/state is answered, but not shown");
        assertThat(differences(planted(read, "\"...\""))).isNotEmpty();
        assertThat(differences(planted(read + "-not", "{" + shown + "}")))
                .contains("/id is shown, but not answered");
    }

    @Test
    void ofATextOnlyLinesLeftOutMayDiffer() {
        String answer = "one\ntwo\nthree\n";
        assertThat(textDifferences("one\ntwo\nthree", answer)).isEmpty();
        assertThat(textDifferences("...\nthree", answer)).isEmpty();
        assertThat(textDifferences("one\n...", answer)).isEmpty();
        assertThat(textDifferences("one\n...\nthree", answer)).isEmpty();
        assertThat(textDifferences("one\nthree", answer)).hasSize(1);
        assertThat(textDifferences("one\ntwo", answer)).hasSize(1);
        assertThat(textDifferences("one\n...\nfour", answer)).hasSize(1);
    }

    @Test
    void onlyWhatIsLeftOutMayDiffer() {
        String answer = "{\"a\":[1,2,3,4],\"b\":{\"c\":null}}";
        assertThat(compare("{\"a\":[1,\"...\",4],\"b\":\"...\"}", answer)).isEmpty();
        assertThat(compare("{\"a\":[\"...\",3,4,\"...\"],\"b\":{\"c\":null}}", answer))
                .isEmpty();
        assertThat(compare("{\"a\":[\"...\",3],\"b\":\"...\"}", answer)).hasSize(1);
        assertThat(compare("{\"a\":[1,2,3],\"...\":\"...\"}", answer)).hasSize(1);
        assertThat(compare("{\"a\":[1,2,3,4,5],\"...\":\"...\"}", answer)).hasSize(1);
        assertThat(compare("{\"a\":[1,2,3,4.0],\"...\":\"...\"}", answer)).hasSize(1);
        assertThat(compare("{\"a\":[1,2,3,4],\"b\":{}}", answer)).hasSize(1);
        assertThat(compare("{\"a\":[1,2,3,4],\"b\":{\"c\":0}}", answer)).hasSize(1);
    }

    @Test
    void aBlockThatWouldBeSkippedIsFound() {
        String run = "```sh run\ncurl -s x\n```\n";
        String output = "```json output\n{}\n```\n";
        assertThat(complaints(run + "text\n" + output)).isEmpty();
        assertThat(complaints(run)).containsExactly("D:1 is executed, but no output follows");
        assertThat(complaints(run + run + output)).hasSize(1);
        assertThat(complaints(output)).containsExactly("D:1 is the output of nothing");
        assertThat(complaints(run.replace("sh run", "sh  run") + output)).hasSize(3);
        assertThat(complaints(run.replace(" run", ""))).hasSize(1);
        assertThatThrownBy(() -> complaints("```sh run\n")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aBlockThatDoesMoreThanCallIsRefused() {
        for (String bad : List.of("ls", "curl -s --proxy a b", "curl -s 'a", "curl a b")) {
            assertThatThrownBy(() -> ShellCalls.of(bad)).isInstanceOf(AssertionError.class);
        }
    }

    private static List<String> complaints(String text) {
        return Documents.complaints(Documents.blocks("D", text));
    }

    private static List<String> compare(String shown, String answer) {
        return Elided.differences(JSON.readTree(shown), JSON.readTree(answer));
    }

    private static Example planted(String call, String shown) {
        return new Example(
                new Block("planted", 1, Documents.RUN, call),
                new Block("planted", 2, Documents.OUTPUT, shown));
    }

    private List<String> differences(Example example) {
        List<ShellCalls.Call> calls = ShellCalls.of(example.call().text());
        assertThat(calls).describedAs(example.call().place()).hasSize(1);
        ShellCalls.Call call = calls.getFirst();
        assertThat(call.url()).startsWith(SERVICE + "/");
        String target = call.url().substring(SERVICE.length());
        Exchanged exchanged = http.send(call.method(), target, call.body(), call.headerList());
        String shown = example.answer().text();
        return example.answer().tag().equals(Documents.TEXT)
                ? textDifferences(shown, exchanged.text())
                : Elided.differences(JSON.readTree(shown), JSON.readTree(exchanged.body()));
    }

    /** A line {@code ...} stands for any number of lines; all others must be equal. */
    private static List<String> textDifferences(String shown, String answer) {
        String pattern = shown.lines()
                .map(line -> line.equals("...") ? "(?:.*\n)*?" : Pattern.quote(line) + "\n")
                .collect(Collectors.joining());
        return answer.matches(pattern) ? List.of() : List.of(answer);
    }
}

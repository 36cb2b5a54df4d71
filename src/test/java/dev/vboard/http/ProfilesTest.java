package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contract, sections 2 and 2.1: a user's own boards. */
class ProfilesTest extends HttpTest {
    private static final String MINE = PROFILES + "/mine";
    private static final String[] YAML = {"Content-Type", "application/yaml"};

    @Test
    void aProfileThatExtendsAnotherIsAnsweredMerged() {
        Exchanged made = http.put(
                MINE, "{\"extends\":\"zcu102\",\"power\":{\"wakeTargeting\":\"STRICT_GIC\"}}");
        JsonNode profile = json(201, made);
        assertThat(made.header("Location")).isEqualTo(MINE);
        assertThat(profile.path("id").asString()).isEqualTo("mine");
        assertThat(profile.path("extends").asString()).isEqualTo("zcu102");
        assertThat(profile.at("/power/wakeTargeting").asString()).isEqualTo("STRICT_GIC");
        JsonNode zcu102 = json(200, http.get(PROFILES + "/zcu102"));
        assertThat(profile.path("devices")).isEqualTo(zcu102.path("devices"));
        assertThat(json(200, http.get(MINE))).isEqualTo(profile);
    }

    @Test
    void theListTellsWhoseAProfileIs() {
        http.put(MINE, "{\"extends\":\"zcu102\"}");
        int found = 0;
        for (JsonNode item : json(200, http.get(PROFILES)).path("items")) {
            boolean mine = item.path("id").asString().equals("mine");
            assertThat(item.path("shipped").asBoolean()).isEqualTo(!mine);
            found += mine ? 1 : 0;
        }
        assertThat(found).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zcu102", "qemu-virt", "rcar-h3"})
    void aShippedDocumentMayBePutUnderAnotherName(String shipped) {
        ObjectNode document = (ObjectNode) json(200, http.get(PROFILES + "/" + shipped));
        document.put("id", "mine");
        document.putArray("aliases");
        assertThat(json(201, http.put(MINE, document.toString()))).isEqualTo(document);
        board("{\"profile\":\"mine\"}");
    }

    @Test
    void yamlSaysTheSame() {
        Exchanged made = http.send("PUT", MINE, """
                # a comment
                extends: qemu-virt
                counterHz: 1000000
                timing: {wakeNs: 1.5ms, stepNs: {freeze: 7us}}
                """, YAML);
        JsonNode profile = json(201, made);
        assertThat(profile.path("counterHz").asLong()).isEqualTo(1_000_000);
        assertThat(profile.at("/timing/wakeNs").asLong()).isEqualTo(1_500_000);
        assertThat(profile.at("/timing/stepNs/freeze").asLong()).isEqualTo(7_000);
        assertThat(profile.at("/timing/stepNs/thaw").asLong()).isEqualTo(5_000);
        Exchanged same = http.put(MINE, profile.toString());
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo(made.header("ETag"));
    }

    @Test
    void theTagChangesWithTheProfileAndWithNothingElse() {
        Exchanged made = http.put(MINE, "{\"extends\":\"zcu102\"}");
        String tag = made.header("ETag");
        assertThat(http.get(MINE).header("ETag")).isEqualTo(tag);
        assertThat(http.get(MINE, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(http.put(MINE, "{\"extends\":\"zcu102\"}").header("ETag")).isEqualTo(tag);
        String more = "{\"extends\":\"zcu102\",\"counterHz\":5}";
        problem(412, "stale", http.put(MINE, more, "If-None-Match", "*"));
        Exchanged changed = http.put(MINE, more, "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        problem(412, "stale", http.put(MINE, "{\"extends\":\"zcu102\"}", "If-Match", tag));
        problem(412, "stale", http.delete(MINE, "If-Match", tag));
        assertThat(json(http.get(MINE)).path("counterHz").asInt()).isEqualTo(5);
        assertThat(http.delete(MINE, "If-Match", changed.header("ETag")).status())
                .isEqualTo(204);
        problem(404, "not-found", http.get(MINE));
        problem(412, "stale", http.put(MINE, more, "If-Match", "*"));
        String again = http.put(MINE, more, "If-None-Match", "*").header("ETag");
        assertThat(again).isNotIn(tag, changed.header("ETag"));
        assertThat(http.get(PROFILES + "/zcu102").header("ETag")).isEqualTo("\"0\"");
    }

    @Test
    void aBoardKeepsTheProfileItWasCreatedWith() {
        http.put(MINE, "{\"extends\":\"zcu102\"}");
        String before = board("{\"id\":\"before\",\"profile\":\"mine\"}");
        http.put(MINE, "{\"extends\":\"rcar-h3\"}");
        String after = board("{\"id\":\"after\",\"profile\":\"mine\"}");
        assertThat(http.delete(MINE).status()).isEqualTo(204);
        assertThat(json(http.get(before)).at("/cpus/total").asInt()).isEqualTo(4);
        assertThat(json(http.get(after)).at("/cpus/total").asInt()).isEqualTo(8);
        assertThat(http.get(before + "/devices/gem0").status()).isEqualTo(200);
        assertThat(http.post(before + "/fork", "{\"id\":\"copy\"}").status()).isEqualTo(201);
        assertThat(json(http.get(BOARDS + "/copy")).path("profile").asString()).isEqualTo("mine");
        assertThat(http.post(before + "/reset", "").status()).isEqualTo(200);
        assertThat(http.post(BOARDS, "{\"profile\":\"mine\"}").status()).isEqualTo(422);
    }

    @Test
    void aProfileMayExtendOneOfAUsersOwnAndKeepsWhatThatSaid() {
        http.put(MINE, "{\"extends\":\"zcu102\",\"counterHz\":5}");
        JsonNode child = json(201, http.put(PROFILES + "/child", "{\"extends\":\"mine\"}"));
        assertThat(child.path("counterHz").asInt()).isEqualTo(5);
        http.delete(MINE);
        assertThat(json(200, http.get(PROFILES + "/child"))).isEqualTo(child);
        board("{\"profile\":\"child\"}");
    }

    @Test
    void anAliasLeadsToAProfileToo() {
        JsonNode made = json(
                201, http.put(MINE, "{\"extends\":\"zcu102\",\"aliases\":[\"my-own\",\"other\"]}"));
        assertThat(json(200, http.get(PROFILES + "/other"))).isEqualTo(made);
        board("{\"profile\":\"my-own\"}");
        JsonNode taken = problem(
                422,
                "invalid",
                http.put(
                        PROFILES + "/second",
                        "{\"extends\":\"zcu102\",\"aliases\":[\"new\",\"other\",\"zcu102\","
                                + "\"qemu-virt-gicv2\",\"new\",\"second\"]}"));
        assertThat(pointers(taken))
                .containsExactly(
                        "/aliases/1", "/aliases/2", "/aliases/3", "/aliases/4", "/aliases/5");
        JsonNode named =
                problem(422, "invalid", http.put(PROFILES + "/other", "{\"extends\":\"zcu102\"}"));
        assertThat(pointers(named)).containsExactly("/id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zcu102", "qemu-virt-gicv2"})
    void whatIsShippedStays(String id) {
        String path = PROFILES + "/" + id;
        problem(409, "profile-shipped", http.put(path, "{\"extends\":\"rcar-h3\"}"));
        problem(409, "profile-shipped", http.delete(path));
        assertThat(http.get(path).status()).isEqualTo(200);
    }

    @Test
    void everyFaultIsNamedInOneAnswer() {
        JsonNode problem = problem(422, "invalid", http.send("PUT", MINE, """
                id: yours
                extends: zcu102
                colour: blue
                gic: {piorityBits: 5}
                power:
                  tree:
                    - {name: fpd, parent: apu, level: 2}
                    - {name: apu, parent: fpd, level: 1, clusters: [0]}
                memory: [[0x0, 0x2000], [0x1000, 0x1000]]
                console: uart9
                limits: {domains: 1000}
                devices:
                  - {name: a, type: bare, intids: [spi:100]}
                  - {name: b, type: abacus, address: 0xzz}
                  - {name: c, type: bare, intids: [132, 5000], powerDomain: fdp}
                  - {name: a, type: bare, address: 0xf9010000, size: 0x10}
                """, YAML));
        assertThat(pointers(problem))
                .containsExactlyInAnyOrder(
                        "/id",
                        "/colour",
                        "/gic/piorityBits",
                        "/memory/1",
                        "/limits/domains",
                        "/power/tree/0/parent",
                        "/power/tree/1/parent",
                        "/devices/1/type",
                        "/devices/1/address",
                        "/devices/2/intids/1",
                        "/devices/2/intids/0",
                        "/devices/2/powerDomain",
                        "/devices/3/name",
                        "/devices/3/address");
        assertThat(problem.path("detail").asString()).contains("and 13 more");
    }

    @Test
    void whatItExtendsMustBeThereAndSomethingElse() {
        assertThat(pointers(problem(422, "invalid", http.put(MINE, "{\"extends\":\"zcu103\"}"))))
                .containsExactly("/extends");
        http.put(MINE, "{\"extends\":\"zcu102\"}");
        JsonNode itself = problem(422, "invalid", http.put(MINE, "{\"extends\":\"mine\"}"));
        assertThat(pointers(itself)).containsExactly("/extends");
        assertThat(pointers(problem(422, "invalid", http.put(PROFILES + "/Mine", "{}"))))
                .contains("/id", "/cpus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1} {}", "{\"a\":01}", "a: b", ""})
    void whatIsNoJsonIsUnreadable(String body) {
        Exchanged answer = http.put(MINE, body, "Content-Type", "application/json");
        boolean more = body.endsWith("{}");
        problem(more ? 422 : 400, more ? "invalid" : "unreadable-json", answer);
    }

    @Test
    void whatIsNoYamlIsUnreadable() {
        problem(400, "unreadable-json", http.send("PUT", MINE, "a: [", YAML));
        problem(422, "invalid", http.send("PUT", MINE, "a: 1\na: 2\n", YAML));
        problem(422, "invalid", http.send("PUT", MINE, "a: &x [1]\nb: *x\n", YAML));
        problem(
                415,
                "unsupported-media-type",
                http.send("PUT", MINE, "a: 1", "Content-Type", "text/plain"));
    }
}

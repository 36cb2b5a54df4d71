package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

/** Contract, section 2: boards as such. */
class BoardsTest extends HttpTest {

    @Test
    void aBoardIsCreatedFromNothingButDefaults() {
        Exchanged created = http.post(BOARDS, "");
        JsonNode board = json(201, created);
        assertThat(created.header("Location"))
                .isEqualTo(BOARDS + "/" + board.path("id").asString());
        assertThat(created.header("ETag")).isEqualTo("\"0\"");
        assertThat(board.path("profile").asString()).isEqualTo("qemu-virt");
        assertThat(board.path("flavour").asString()).isEqualTo("rfc2018");
        assertThat(board.path("state").asString()).isEqualTo("RUNNING");
        assertThat(board.path("nowNs").asLong()).isPositive();
        assertThat(board.path("domains").path("RUNNING").asInt()).isEqualTo(1);
        assertThat(json(200, http.get(created.header("Location")))).isEqualTo(board);
    }

    @Test
    void aBoardIsWhatItsCreatorAskedFor() {
        String path = board("{\"id\":\"z-1\",\"profile\":\"zcu102\",\"labels\":{\"soc\":\"zcu\"},"
                + "\"xen\":{\"hazards\":[\"HZ-01\"]},\"dom0\":{\"vcpus\":2,\"online\":2}}");
        JsonNode board = json(200, http.get(path));
        assertThat(board.path("id").asString()).isEqualTo("z-1");
        assertThat(board.path("profile").asString()).isEqualTo("zcu102");
        assertThat(board.path("labels").path("soc").asString()).isEqualTo("zcu");
        assertThat(json(200, http.get(path + "/hazards")).toString()).isEqualTo("[\"HZ-01\"]");
        JsonNode vcpus = json(200, http.get(path + "/domains/0/vcpus")).path("items");
        assertThat(vcpus.size()).isEqualTo(2);
        assertThat(vcpus.get(1).path("state").asString()).isNotEqualTo("OFF");
    }

    @Test
    void aBoardWithoutPowerIsOff() {
        String path = board("{\"powerOn\":false}");
        JsonNode board = json(200, http.get(path));
        assertThat(board.path("state").asString()).isEqualTo("OFF");
        assertThat(board.path("nowNs").asLong()).isZero();
        JsonNode on = json(200, http.put(path + "/power", "{\"state\":\"on\"}"));
        assertThat(on.path("state").asString()).isEqualTo("on");
        assertThat(json(http.get(path)).path("state").asString()).isEqualTo("RUNNING");
    }

    @Test
    void aBoardWithoutXenTakesNothingThatIsXens() {
        JsonNode wrong = problem(
                422,
                "invalid",
                http.post(
                        BOARDS,
                        "{\"xen\":{\"flavour\":\"none\",\"hazards\":[\"HZ-01\"],\"hmpUnsafe\":true,"
                                + "\"domuRelease\":\"NONE\",\"rfcText\":true,\"coordSpi\":true},"
                                + "\"dom0\":{}}"));
        assertThat(pointers(wrong))
                .containsExactly(
                        "/dom0",
                        "/xen/hazards",
                        "/xen/hmpUnsafe",
                        "/xen/domuRelease",
                        "/xen/rfcText",
                        "/xen/coordSpi");
        board("{\"xen\":{\"flavour\":\"none\",\"hazards\":[],\"hmpUnsafe\":false,"
                + "\"domuRelease\":\"AFTER_DOM0_RAN\",\"rfcText\":false,\"coordSpi\":false}}");
    }

    @Test
    void anSgiMayBeCalledByItsKind() {
        String path = board("{\"xen\":{\"flavour\":\"none\"}}");
        json(200, http.post(path + "/cpus/0/sgi", "{\"intid\":\"sgi:3\",\"targets\":[0]}"));
        JsonNode pending = json(200, http.get(path + "/gic/interrupts?state=pending&cpu=0"));
        assertThat(pending.at("/items/0/intid").asInt()).isEqualTo(3);
        problem(
                422,
                "invalid",
                http.post(path + "/cpus/0/sgi", "{\"intid\":\"ppi:0\",\"targets\":[0]}"));
    }

    @Test
    void anIdIsTakenOnce() {
        board("{\"id\":\"same\"}");
        JsonNode problem = problem(409, "board-exists", http.post(BOARDS, "{\"id\":\"same\"}"));
        assertThat(problem.path("remedy").get(0).asString())
                .isEqualTo("DELETE /api/v1/boards/same");
    }

    @Test
    void whatABoardCannotBeIsTold() {
        problem(422, "invalid", http.post(BOARDS, "{\"xen\":{\"flavour\":\"rfc2017\"}}"));
        problem(422, "invalid", http.post(BOARDS, "{\"xen\":{\"hazards\":[\"HZ-99\"]}}"));
        problem(422, "invalid", http.post(BOARDS, "{\"dom0\":{\"vcpus\":2,\"online\":3}}"));
        problem(
                422,
                "invalid",
                http.post(BOARDS, "{\"xen\":{\"flavour\":\"none\"},\"dom0\":{\"vcpus\":1}}"));
    }

    @Test
    void aDeletedBoardIsGone() {
        String path = board("{}");
        assertThat(http.delete(path).status()).isEqualTo(204);
        problem(404, "not-found", http.get(path));
        problem(404, "not-found", http.delete(path));
    }

    @Test
    void labelsAreSetOneByOneAndFindBoards() {
        String path = board("{\"id\":\"a\",\"labels\":{\"soc\":\"zcu102\",\"rack\":\"1\"}}");
        board("{\"id\":\"b\",\"labels\":{\"soc\":\"zcu102\"}}");
        JsonNode patched =
                json(200, http.patch(path, "{\"labels\":{\"rack\":null,\"team\":\"blue\"}}"));
        assertThat(patched.path("labels").toString())
                .isEqualTo("{\"soc\":\"zcu102\",\"team\":\"blue\"}");
        assertThat(patched.path("revision").asInt()).isEqualTo(1);
        assertThat(ids("?label=soc=zcu102")).isEqualTo("a b ");
        assertThat(ids("?label=soc=zcu102&label=team=blue")).isEqualTo("a ");
        assertThat(ids("?label=team=red")).isEmpty();
        assertThat(ids("?state=RUNNING")).isEqualTo("a b ");
        assertThat(ids("?state=SUSPENDED")).isEmpty();
        problem(422, "invalid", http.delete(BOARDS));
        JsonNode deleted = json(200, http.delete(BOARDS + "?label=team=blue"));
        assertThat(deleted.path("deleted").asInt()).isEqualTo(1);
        assertThat(ids("")).isEqualTo("b ");
    }

    @Test
    void aForkIsAsItsOriginalAndLivesOnByItself() {
        String path = board("{\"id\":\"origin\",\"labels\":{\"a\":\"1\"}}");
        http.post(path + "/clock", "{\"advance\":\"5ms\"}");
        Exchanged forked = http.post(path + "/fork", "{\"id\":\"copy\",\"count\":11}");
        JsonNode boards = json(201, forked).path("boards");
        assertThat(boards.size()).isEqualTo(11);
        assertThat(boards.get(0).path("id").asString()).isEqualTo("copy00");
        assertThat(forked.header("Location")).isEqualTo(BOARDS + "/copy00");
        JsonNode original = json(http.get(path));
        JsonNode fork = json(http.get(BOARDS + "/copy10"));
        for (String same : new String[] {"nowNs", "revision", "labels", "cpus", "domains"}) {
            assertThat(fork.path(same)).isEqualTo(original.path(same));
        }
        http.post(BOARDS + "/copy10/clock", "{\"advance\":\"1s\"}");
        assertThat(json(http.get(path)).path("nowNs")).isEqualTo(original.path("nowNs"));
        problem(409, "board-exists", http.post(path + "/fork", "{\"id\":\"copy00\"}"));
    }

    @Test
    void profilesAreData() {
        JsonNode profiles = json(200, http.get("/api/v1/profiles")).path("items");
        assertThat(profiles.findValuesAsString("id")).contains("qemu-virt", "zcu102");
        JsonNode zcu = json(200, http.get("/api/v1/profiles/zcu102"));
        assertThat(zcu.path("gic").path("version").asInt()).isEqualTo(2);
        JsonNode alias = json(200, http.get("/api/v1/profiles/qemu-virt-gicv2"));
        assertThat(alias.path("id").asString()).isEqualTo("qemu-virt");
    }

    @Test
    void theEntranceNamesWhatIsThere() {
        JsonNode index = json(200, http.get("/api/v1"));
        assertThat(index.path("links").path("boards").asString()).isEqualTo(BOARDS);
        assertThat(index.path("flavours").toString())
                .isEqualTo("[\"none\",\"rfc2018\",\"upstream\",\"host-v8\",\"host-v11\"]");
        assertThat(index.path("limits").path("bulkCount").asInt()).isEqualTo(10_000);
    }

    private String ids(String query) {
        StringBuilder ids = new StringBuilder();
        for (JsonNode board : json(200, http.get(BOARDS + query)).path("items")) {
            ids.append(board.path("id").asString()).append(' ');
        }
        return ids.toString();
    }
}

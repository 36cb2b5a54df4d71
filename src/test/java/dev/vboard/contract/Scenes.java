package dev.vboard.contract;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** For each operation of the contract, where its examples succeed and where it is in conflict. */
final class Scenes {
    /** Examples that need something else than their operation's other ones. */
    private static final Map<String, Scene> EXAMPLES = Map.of(
            "callPsciOnCpu/name", Scene.guest(),
            "driveDevice/rtc", Scene.guest().with("device", "rtc"),
            "driveDevice/key", Scene.guest().with("device", "gpio"));

    private static final Map<String, Scene> OPERATIONS = Map.ofEntries(
            Map.entry("getProblemType", Scene.nothing().with("code", "not-found")),
            Map.entry("putProfile", Scene.nothing().with("profile", "rack-board")),
            Map.entry("deleteProfile", Scene.profile()),
            Map.entry("createDomain", Scene.xen()),
            Map.entry("onlineCpu", Scene.guest().then("POST /cpus/1/offline", "")),
            Map.entry("changeCpu", Scene.bare()),
            Map.entry("callPsciOnCpu", Scene.bare()),
            Map.entry("waitOnCpu", Scene.bare()),
            Map.entry("acknowledgeOnCpu", Scene.bare()),
            Map.entry("endOnCpu", Scene.bare()),
            Map.entry("accessMemoryByDevice", Scene.guest().with("device", "gem0")),
            Map.entry(
                    "removeFault",
                    Scene.guest()
                            .then("POST /faults", "{\"kind\":\"cpu-never-starts\",\"cpu\":2}")
                            .with("fault", "1")),
            Map.entry("giveDevice", Scene.guest().with("device", "gem0")));

    private static final Map<String, Scene> CONFLICTS = Map.of(
            "changeBoard", Scene.crashed(),
            "forkBoard", Scene.crashed(),
            "runClock", Scene.crashed(),
            "setPace", Scene.crashed(),
            "setHazards", Scene.crashed(),
            "injectFault", Scene.crashed(),
            "removeFault", Scene.crashed(),
            "cancelScheduled", Scene.crashed());

    /** Fires an edge so often that the first events are kept no more. */
    private static final String FORGETTING = IntStream.range(0, 5000)
            .mapToObj(_ -> "{\"method\":\"POST\",\"path\":\"/interrupts\",\"body\":{\"intid\":84}}")
            .collect(Collectors.joining(",", "{\"commands\":[", "]}"));

    private Scenes() {}

    /** Where it answers its example with that status. */
    static Scene answering(int status, Operation operation) {
        return operation.id().equals("putProfile") && status == 200
                ? Scene.profile()
                : success(operation, operation.firstExample());
    }

    /** Where it is as its example wants it; the name is empty for the only one. */
    static Scene success(Operation operation, String example) {
        String id = operation.id();
        boolean onBoard = operation.path().contains("{board}");
        Scene usual = OPERATIONS.getOrDefault(id, onBoard ? Scene.guest() : Scene.nothing());
        return EXAMPLES.getOrDefault(id + "/" + example, usual);
    }

    /** Where its example is refused because of the state. */
    static Scene conflict(Operation operation) {
        if (operation.id().equals("createBoard")) {
            return Scene.off();
        }
        if (operation.path().contains("{profile}")) {
            return Scene.nothing().with("profile", "zcu102");
        }
        Scene off = new Scene(
                Scene.off().board(),
                Scene.off().before(),
                success(operation, "").variables());
        return CONFLICTS.getOrDefault(operation.id(), off);
    }

    /** Where events are gone. */
    static Scene forgotten() {
        return Scene.bare().then("POST /commands", FORGETTING);
    }
}

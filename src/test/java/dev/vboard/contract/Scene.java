package dev.vboard.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an operation is tried: a board, what was done on it before, and what the path's variables
 * are.
 *
 * @param board what it is created with; empty for no board at all
 * @param before calls relative to the board, as {@code POST /cpus/1/offline} and a body in turn; or
 *     with their whole path
 * @param variables of the path, where they are not the file's examples
 */
record Scene(String board, List<String> before, SortedMap<String, String> variables) {
    /** A machine as most examples have it in mind. */
    private static final String XEN = """
            {"id":"b-1","profile":"zcu102","dom0":{"vcpus":2,"online":2},
            "labels":{"soc":"zcu102"}}""";

    private static final String BARE = """
            {"id":"b-1","profile":"zcu102","xen":{"flavour":"none"}}""";

    private static final String OFF = """
            {"id":"b-1","profile":"zcu102","powerOn":false}""";

    private static final String CPU_ON = """
            {"function":"CPU_ON","args":["%s","0x40080000","0x0"]}""";

    private static final String GUEST = """
            {"name":"guest","vcpus":2,"pin":{"0":[1]},"devices":["uart1"],
            "interrupts":[{"intid":132}]}""";

    static Scene nothing() {
        return new Scene("", List.of(), new TreeMap<>());
    }

    /** A profile of a user's own. */
    static Scene profile() {
        return nothing()
                .then("PUT /api/v1/profiles/rack-board", "{\"extends\":\"qemu-virt\"}")
                .with("profile", "rack-board");
    }

    /** Xen and Dom0. */
    static Scene xen() {
        return new Scene(XEN, List.of(), new TreeMap<>());
    }

    /** Xen, Dom0 and a guest. */
    static Scene guest() {
        return xen().then("POST /domains", GUEST);
    }

    /** No Xen; CPUs 0 and 1 run. */
    static Scene bare() {
        return new Scene(BARE, List.of(), new TreeMap<>())
                .then("POST /cpus/0/psci", CPU_ON.formatted("0x1"));
    }

    /** No power. */
    static Scene off() {
        return new Scene(OFF, List.of(), new TreeMap<>());
    }

    /** Xen found its boot CPU started anew behind its back. */
    static Scene crashed() {
        return xen().then("POST /cpus/0/psci?force=true", "{\"function\":\"CPU_OFF\"}")
                .then("POST /cpus/1/psci?force=true", CPU_ON.formatted("0x0"));
    }

    /** The same after one more call. */
    Scene then(String call, String body) {
        List<String> more = new ArrayList<>(before);
        more.add(call);
        more.add(body);
        return new Scene(board, List.copyOf(more), variables);
    }

    /** The same with something else in the path. */
    Scene with(String variable, String value) {
        SortedMap<String, String> more = new TreeMap<>(variables);
        more.put(variable, value);
        return new Scene(board, before, more);
    }
}

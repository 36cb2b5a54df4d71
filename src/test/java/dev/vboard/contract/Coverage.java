package dev.vboard.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Which statuses of which operations the suite has seen so far. */
final class Coverage {
    private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

    private Coverage() {}

    static void add(Operation operation, int status) {
        SEEN.add(entry(operation, status));
    }

    /** What was seen, as {@code 200 GET /api/v1}. */
    static Set<String> seen() {
        return Collections.unmodifiableSet(SEEN);
    }

    /** What the file lists and nobody has seen. */
    static List<String> missing(ContractFile file, Set<String> seen) {
        List<String> missing = new ArrayList<>();
        for (Operation operation : file.operations()) {
            for (int status : operation.responses().keySet()) {
                if (!seen.contains(entry(operation, status))) {
                    missing.add(entry(operation, status));
                }
            }
        }
        return missing;
    }

    private static String entry(Operation operation, int status) {
        return status + " " + operation;
    }
}

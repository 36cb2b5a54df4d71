package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Issue 2, deliverable 6 (d): each status of each operation was exchanged at least once. Comes last
 * of all test classes; what is seen by then is the whole suite, unless single tests were asked for.
 */
@Order(Integer.MAX_VALUE)
class SuiteCoverageTest {
    private static final ContractFile FILE = ContractFile.asWritten();

    @Test
    void everyStatusOfEveryOperationWasExchanged() {
        boolean chosen = System.getProperty("test") != null;
        boolean build = System.getProperty("surefire.real.class.path") != null;
        if (!chosen && (build || !Coverage.seen().isEmpty())) {
            assertThat(Coverage.missing(FILE, Coverage.seen())).isEmpty();
        }
    }

    @Test
    void whatNobodyExchangedIsFound() {
        Set<String> seen = new TreeSet<>();
        FILE.operations()
                .forEach(operation -> operation
                        .responses()
                        .keySet()
                        .forEach(status -> seen.add(status + " " + operation)));
        assertThat(Coverage.missing(FILE, seen)).isEmpty();

        seen.remove("412 PUT /api/v1/boards/{board}/power");
        ContractFile more = FILE.with(
                root -> ((ObjectNode) root.at("/paths/~1api~1v1/get/responses")).putObject("418"));
        assertThat(Coverage.missing(more, seen))
                .isEqualTo(List.of("418 GET /api/v1", "412 PUT /api/v1/boards/{board}/power"));
    }
}

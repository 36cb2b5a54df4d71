package dev.vboard.model;

import dev.vboard.FoundOut;
import dev.vboard.catalog.Catalog;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Issue 3, must show: what SYSTEM_SUSPEND takes from each board and what wakes it, as found out on
 * the boards themselves. With {@code -Dprofiles.rewrite=true} the tables are written into the page.
 */
class SuspendTableTest {
    private static final FoundOut TABLE =
            new FoundOut(Path.of("docs/profiles.md"), "SuspendTableTest", "profiles.rewrite");

    @Test
    void thePageTellsWhatTheBoardsDo() throws IOException {
        TABLE.isTold(tables());
    }

    private static String tables() {
        StringBuilder out = new StringBuilder();
        for (String id : shipped()) {
            out.append("\n### ").append(id).append("\n\n| SYSTEM_SUSPEND | |\n|---|---|\n");
            new SuspendSurvey(id).rows().forEach(row -> out.append(row).append('\n'));
        }
        return out.append('\n').toString();
    }

    private static List<String> shipped() {
        return new Catalog()
                .ids().stream().filter(id -> !id.startsWith("fixture-")).toList();
    }
}

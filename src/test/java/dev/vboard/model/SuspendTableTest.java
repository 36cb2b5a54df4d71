package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.catalog.Catalog;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Issue 3, must show: what SYSTEM_SUSPEND takes from each board and what wakes it, as found out on
 * the boards themselves. With {@code -Dprofiles.rewrite=true} the tables are written into the page.
 */
class SuspendTableTest {
    private static final Path PAGE = Path.of("docs/profiles.md");
    private static final String BEGIN = "<!-- found out by SuspendTableTest: begin -->\n";
    private static final String END = "<!-- found out by SuspendTableTest: end -->\n";

    @Test
    void thePageTellsWhatTheBoardsDo() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String tail = page.substring(page.indexOf(END));
        String found = head + tables() + tail;
        if (Boolean.getBoolean("profiles.rewrite")) {
            Files.writeString(PAGE, found);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(found);
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

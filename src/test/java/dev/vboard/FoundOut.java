package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that says what a test has found out: it stands between two comments that name
 * the test.
 *
 * @param page the page
 * @param test the test's name
 * @param rewrite the system property that, when true, has what is found written into the page
 */
public record FoundOut(Path page, String test, String rewrite) {

    /** The page tells just that. */
    public void isTold(String found) throws IOException {
        String old = Files.readString(page);
        String begin = "<!-- found out by " + test + ": begin -->\n";
        String end = "<!-- found out by " + test + ": end -->\n";
        String told = old.substring(0, old.indexOf(begin) + begin.length())
                + found
                + old.substring(old.indexOf(end));
        if (Boolean.getBoolean(rewrite)) {
            Files.writeString(page, told);
        }
        assertThat(Files.readString(page)).isEqualTo(told);
    }
}

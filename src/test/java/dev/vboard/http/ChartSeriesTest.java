package dev.vboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The chart's alerts and dashboard ask for series that the service has, label by label. */
class ChartSeriesTest extends HttpTest {
    private static final Pattern SELECTOR =
            Pattern.compile("((?:vboard|http|jvm)_[a-z_]+)\\{((?:[^\"{}]|\"[^\"]*\")*)}");
    private static final Pattern MATCHER =
            Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    /** What Prometheus adds when it reads them. */
    private static final Set<String> ADDED = Set.of("job", "namespace");

    @Test
    void everySelectorOfTheChartFindsWhatTheServiceExposes() {
        String rendered = new Helm(Path.of("helm/vboard"))
                .template()
                .set("prometheusRule.enabled", true)
                .set("dashboard.enabled", true)
                .call()
                .replace("\\\"", "\"");
        assertThat(SELECTOR.matcher(rendered).results().count()).isGreaterThan(20);
        assertThat(missing(rendered, exposed())).isEmpty();
    }

    @Test
    void aSelectorThatFindsNothingIsSeen() {
        List<MatchResult> exposed = exposed();
        assertThat(missing("vboard_boards{job=\"x\", state=\"CRASHED\"}", exposed))
                .containsExactly("vboard_boards state=CRASHED");
        assertThat(missing("vboard_boards{stat=~\"c.*\"}", exposed))
                .containsExactly("vboard_boards stat=~c.*");
        assertThat(missing("vboard_board{state=\"off\"}", exposed)).hasSize(1);
    }

    private List<MatchResult> exposed() {
        http.post(board("{}") + "/domains/0/vcpus/0/psci", "{\"function\":\"PSCI_VERSION\"}");
        return SELECTOR.matcher(http.get("/actuator/prometheus").text())
                .results()
                .toList();
    }

    private static List<String> missing(String text, List<MatchResult> exposed) {
        List<String> missing = new ArrayList<>();
        for (MatchResult selector : SELECTOR.matcher(text).results().toList()) {
            for (MatchResult wanted :
                    MATCHER.matcher(selector.group(2)).results().toList()) {
                boolean there = ADDED.contains(wanted.group(1))
                        || exposed.stream()
                                .filter(series -> series.group(1).equals(selector.group(1)))
                                .anyMatch(series -> has(series, wanted));
                if (!there) {
                    missing.add(selector.group(1) + " " + wanted.group(1) + wanted.group(2)
                            + wanted.group(3));
                }
            }
        }
        return missing;
    }

    /** Whether a series has the label, and the value when just that is wanted. */
    private static boolean has(MatchResult series, MatchResult wanted) {
        return MATCHER.matcher(series.group(2))
                .results()
                .filter(label -> label.group(1).equals(wanted.group(1)))
                .anyMatch(label ->
                        !wanted.group(2).equals("=") || label.group(3).equals(wanted.group(3)));
    }
}

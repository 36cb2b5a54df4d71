package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chart lints strictly, and what it renders is what Kubernetes knows, field by field. */
class HelmChartTest {

    private static final Path CHART = Path.of("helm/vboard");

    @Test
    void theChartLintsStrictly() {
        LintResult lint = new Helm(CHART).lint().strict().call();
        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
    }

    @Test
    void theDefaultIsADeploymentAndAServiceWithoutUnknownFields() {
        List<HasMetadata> manifests = Manifests.parse(plain().call());
        assertThat(manifests)
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("Deployment", "Service");
        assertThat(Manifests.unknownFields(manifests)).isEmpty();
    }

    @Test
    void everythingSwitchedOnHasNoUnknownFieldEither() {
        List<HasMetadata> manifests = Manifests.parse(full());
        assertThat(manifests)
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder(
                        "Deployment", "Service", "ServiceMonitor", "PrometheusRule", "ConfigMap");
        assertThat(Manifests.unknownFields(manifests)).isEmpty();
        assertThat(manifests).allMatch(m -> m.getMetadata().getName().startsWith("lab-vboard"));
    }

    @Test
    void anUnknownFieldIsSeenWhereverItIsPlanted() {
        for (String known : List.of(
                "spec:", "replicas:", "httpGet:", "emptyDir:", "groups:", "alert:", "endpoints:")) {
            String planted = full().replaceFirst(
                            "(?m)^( *)((?:- )?)" + known, "$1$2planted: 1\n$1$2" + known)
                    .replaceFirst("planted: 1\n( *)- ", "planted: 1\n$1  ");
            assertThat(Manifests.unknownFields(Manifests.parse(planted)))
                    .as(known)
                    .singleElement()
                    .asString()
                    .endsWith("planted");
        }
    }

    @Test
    void aKindNobodyKnowsIsRefused() {
        String stranger = "apiVersion: example.org/v1\nkind: Stranger\nmetadata:\n  name: a\n";
        assertThatThrownBy(() -> Manifests.parse(stranger)).hasMessageContaining("Stranger");
    }

    @Test
    void aValueTheChartDoesNotKnowIsRefused() {
        TemplateCommand mistyped = plain().set("serviceMonitor.enable", true);
        assertThatThrownBy(mistyped::call).hasMessageContaining("enable");
    }

    @Test
    void thePodRunsWithNothingItDoesNotNeed() {
        PodSpec pod = pod(plain().call());
        Container service = pod.getContainers().getFirst();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(service.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(service.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(service.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(service.getResources().getLimits()).containsKey("memory");
        assertThat(service.getLivenessProbe()).isNotNull();
        assertThat(service.getReadinessProbe()).isNotNull();
    }

    @Test
    void settingsReachTheServiceAsItsEnvironment(@TempDir Path directory) throws IOException {
        Path values = Files.createTempFile(directory, "values", ".yaml");
        Files.writeString(values, "env: {VBOARD_LIMITS_BOARDS: '5'}\njavaToolOptions: -Xint\n");
        assertThat(pod(plain().withValuesFile(values).call())
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .anyMatch(isSet("VBOARD_LIMITS_BOARDS", "5"))
                .anyMatch(isSet("JAVA_TOOL_OPTIONS", "-Xint"));
    }

    private static Predicate<EnvVar> isSet(String name, String value) {
        return variable ->
                variable.getName().equals(name) && variable.getValue().equals(value);
    }

    @Test
    void everyAlertLinksToItsSectionOfTheRunbook() throws IOException {
        List<String> sections = Files.readAllLines(Path.of("docs/runbooks.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        List<Rule> alerts = only(PrometheusRule.class, full()).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .filter(rule -> rule.getAlert() != null)
                .toList();
        assertThat(alerts).extracting(Rule::getAlert).containsExactlyInAnyOrderElementsOf(sections);
        for (Rule alert : alerts) {
            assertThat(alert.getAnnotations().get("runbook_url"))
                    .isEqualTo("docs/runbooks.md#" + alert.getAlert().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void theDashboardIsImportableAsItIs() {
        String json = only(ConfigMap.class, full()).getData().get("vboard.json");
        JsonNode dashboard = new JsonMapper().readTree(json);
        JsonNode variable = dashboard.at("/templating/list/0");
        assertThat(variable.at("/type").asString()).isEqualTo("datasource");
        assertThat(variable.at("/name").asString()).isEqualTo("datasource");
        assertThat(dashboard.at("/panels").size()).isGreaterThan(10);
        assertThat(dashboard.findValues("datasource"))
                .allMatch(d -> d.at("/uid").asString().equals("${datasource}"));
    }

    @Test
    void dashboardAndAlertsAskForTheServicesOwnSeries() {
        Set<String> asked = Pattern.compile("(?<!:)\\b(?:vboard|http|jvm)_[a-z_]+")
                .matcher(full())
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked)
                .containsExactly(
                        "http_server_requests_seconds",
                        "jvm_gc_pause_seconds",
                        "jvm_memory_max_bytes",
                        "jvm_memory_used_bytes",
                        "vboard_boards",
                        "vboard_psci_calls_total",
                        "vboard_resume_seconds",
                        "vboard_suspend_seconds",
                        "vboard_wakeups_total");
    }

    private static TemplateCommand plain() {
        return new Helm(CHART).template().withName("lab").withNamespace("boards");
    }

    private static String full() {
        return plain().set("serviceMonitor.enabled", true)
                .set("prometheusRule.enabled", true)
                .set("dashboard.enabled", true)
                .set("javaToolOptions", "-Xlog:gc")
                .set("podAnnotations.team", "boards")
                .set("podLabels.team", "boards")
                .set("service.annotations.team", "boards")
                .set("nodeSelector.disk", "ssd")
                .set("tolerations[0].operator", "Exists")
                .set("imagePullSecrets[0].name", "registry")
                .call();
    }

    private static PodSpec pod(String rendered) {
        return only(Deployment.class, rendered).getSpec().getTemplate().getSpec();
    }

    private static <T extends HasMetadata> T only(Class<T> kind, String rendered) {
        return Manifests.parse(rendered).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}

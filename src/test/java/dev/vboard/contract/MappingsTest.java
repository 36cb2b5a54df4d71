package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.http.HttpTest;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;

/** Issue 2, deliverable 6 (a): what is mapped is written down, and what is written is mapped. */
class MappingsTest extends HttpTest {
    /** All that is served and no part of the contract. */
    private static final Set<String> OUTSIDE = Set.of(
            // What the server itself refuses is forwarded here; asked for by hand it is a 404.
            "* /error",
            "GET /actuator/health",
            "GET /actuator/health/**",
            "GET /actuator/info",
            "GET /actuator/prometheus",
            // Swagger UI.
            "* /docs",
            "* /docs/",
            "* /docs/**",
            // The one document served as a resource: /openapi.yaml.
            "resources 1");

    private static final ContractFile FILE = ContractFile.asWritten();

    @Autowired
    private List<HandlerMapping> mappings = List.of();

    @Test
    void theServiceAnswersWhatTheFileSaysAndNothingElse() {
        assertThat(differences(FILE, mappings)).isEmpty();
        assertThat(MappedCalls.of(FILE)).hasSizeGreaterThan(70);
    }

    @Test
    void aCallThatIsNotInTheFileIsFound() {
        ContractFile less = FILE.with(root -> operation(root, "/power").remove("put"));
        assertThat(differences(less, mappings))
                .containsExactly("not in the file: PUT /api/v1/boards/{}/power");
    }

    @Test
    void aCallThatNobodyAnswersIsFound() {
        ContractFile more = FILE.with(root ->
                operation(root, "/power").set("patch", operation(root, "/power").get("put")));
        assertThat(differences(more, mappings))
                .containsExactly("nobody answers: PATCH /api/v1/boards/{}/power");
    }

    @Test
    void aHandlerBesidesTheTableOfCallsIsFound() throws Exception {
        RequestMappingHandlerMapping planted = new RequestMappingHandlerMapping();
        planted.registerMapping(
                RequestMappingInfo.paths("/api/v1/back/{door}")
                        .methods(RequestMethod.GET)
                        .build(),
                this,
                Objects.requireNonNull(ReflectionUtils.findMethod(Object.class, "toString")));
        List<HandlerMapping> more = new ArrayList<>(mappings);
        more.add(planted);
        assertThat(differences(FILE, more)).containsExactly("not in the file: GET /api/v1/back/{}");
    }

    @Test
    void theNameOfAVariableIsNoDifference() {
        ContractFile renamed = FILE.with(root -> {
            ObjectNode paths = (ObjectNode) root.get("paths");
            paths.set("/api/v1/boards/{id}/power", paths.remove("/api/v1/boards/{board}/power"));
        });
        assertThat(differences(renamed, mappings)).isEmpty();
    }

    private static ObjectNode operation(ObjectNode root, String below) {
        return (ObjectNode) root.get("paths").get("/api/v1/boards/{board}" + below);
    }

    private static List<String> differences(ContractFile file, List<HandlerMapping> mappings) {
        SortedSet<String> written = MappedCalls.of(file);
        return MappedCalls.differences(MappedCalls.of(mappings), written, OUTSIDE);
    }
}

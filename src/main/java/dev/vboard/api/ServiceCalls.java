package dev.vboard.api;

import dev.vboard.api.body.Index;
import dev.vboard.model.xen.Flavour;
import dev.vboard.runtime.ServiceLimits;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The service itself, and what its problems mean. */
@Component
class ServiceCalls implements RouteGroup {
    private static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";

    /** What a board's Xen may be. */
    private static final List<String> FLAVOURS = flavours();

    private final ServiceLimits limits;
    private final Contract contract;
    private final String version;

    ServiceCalls(ServiceLimits limits, Contract contract, ObjectProvider<BuildProperties> build) {
        this.limits = limits;
        this.contract = contract;
        BuildProperties known = build.getIfAvailable();
        version = known == null || known.getVersion() == null ? "unknown" : known.getVersion();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.service("GET", "/api/v1", _ -> index()),
                Route.service("GET", "/problems/{code}", ServiceCalls::problem)
                        .produces(PLAIN, HTML));
    }

    private static List<String> flavours() {
        List<String> names = new ArrayList<>();
        names.add("none");
        for (Flavour flavour : Flavour.values()) {
            names.add(flavour.wire());
        }
        return List.copyOf(names);
    }

    private Reply index() {
        TreeMap<String, String> links = new TreeMap<>();
        links.put("boards", Route.BOARDS);
        links.put("docs", "/docs");
        links.put("health", "/actuator/health");
        links.put("openapi", "/openapi.yaml");
        links.put("profiles", ProfileCalls.PROFILES);
        return Reply.ok(new Index(links, version, contract.version(), limits.byName(), FLAVOURS));
    }

    private static Reply problem(Call call) {
        String code = call.variable("code");
        String text = ProblemCode.named(code)
                .map(problem -> code + " (" + problem.status() + ")\n" + problem.text())
                .or(() -> RefusalCode.named(code).map(RefusalCode::page))
                .orElseThrow(() -> ProblemException.notFound("there is no problem " + code));
        return call.mediaType().equals(HTML)
                ? Reply.text(HTML, page(code, text))
                : Reply.text(PLAIN, text + "\n");
    }

    private static String page(String code, String text) {
        return "<!doctype html><html lang=\"en\"><title>" + HtmlUtils.htmlEscape(code)
                + "</title><pre>" + HtmlUtils.htmlEscape(text) + "</pre></html>\n";
    }
}

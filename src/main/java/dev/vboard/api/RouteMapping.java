package dev.vboard.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.lang.reflect.Method;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts the routes into Spring's table of mappings, where everything that asks Spring what there is
 * finds them, and looks them up by segments: going through a hundred patterns would cost more than
 * the call itself.
 */
final class RouteMapping extends RequestMappingHandlerMapping {
    /** Request attribute: the {@link Router.Match}. */
    static final String MATCH = RouteMapping.class.getName() + ".match";

    private static final Method HANDLE = Objects.requireNonNull(ReflectionUtils.findMethod(
            Endpoint.class, "handle", HttpServletRequest.class, HttpServletResponse.class));

    private final ObjectProvider<Routes> routes;
    private final ObjectProvider<Exchange> exchange;
    private final Map<Route, HandlerMethod> handlers = new IdentityHashMap<>();
    private Router router = new Router(List.of());

    RouteMapping(ObjectProvider<Routes> routes, ObjectProvider<Exchange> exchange) {
        this.routes = routes;
        this.exchange = exchange;
    }

    @Override
    protected void initHandlerMethods() {
        super.initHandlerMethods();
        for (Route route : routes.getObject().all()) {
            Endpoint endpoint = new Endpoint(route, exchange.getObject());
            RequestMappingInfo info = RequestMappingInfo.paths(route.path())
                    .methods(RequestMethod.valueOf(route.method()))
                    .options(getBuilderConfiguration())
                    .build();
            registerMapping(info, endpoint, HANDLE);
            handlers.put(route, new HandlerMethod(endpoint, HANDLE));
        }
        router = routes.getObject().router();
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
            throws Exception {
        String method = request.getMethod();
        Optional<Router.Match> match = path.indexOf('%') >= 0 || path.indexOf(';') >= 0
                ? Optional.empty()
                : router.find(method.equals("HEAD") ? "GET" : method, path);
        if (match.isEmpty()) {
            // Also says which methods there are, or that nothing is there.
            return super.lookupHandlerMethod(path, request);
        }
        Route route = match.get().route();
        request.setAttribute(MATCH, match.get());
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, route.path());
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> name(context, route));
        return handlers.get(route);
    }

    private static void name(ServerRequestObservationContext context, Route route) {
        context.setPathPattern(route.path());
    }

    /** Makes Spring use this mapping as its own. */
    @Component
    static class Registration implements WebMvcRegistrations {
        private final ObjectProvider<Routes> routes;
        private final ObjectProvider<Exchange> exchange;

        Registration(ObjectProvider<Routes> routes, ObjectProvider<Exchange> exchange) {
            this.routes = routes;
            this.exchange = exchange;
        }

        @Override
        public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
            return new RouteMapping(routes, exchange);
        }
    }
}

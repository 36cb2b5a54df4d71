package dev.vboard.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.ModelAndView;

import java.io.IOException;

/** A route as Spring's table of mappings holds it. */
final class Endpoint {
    private final Route route;
    private final Exchange exchange;

    Endpoint(Route route, Exchange exchange) {
        this.route = route;
        this.exchange = exchange;
    }

    /** What is called here. */
    Route route() {
        return route;
    }

    /** Answers a request. */
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        exchange.answer(route, request, response);
    }

    /** Calls endpoints straight: they need none of what Spring prepares for annotated methods. */
    @Component
    static class Adapter implements HandlerAdapter, Ordered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public boolean supports(Object handler) {
            return handler instanceof HandlerMethod method && method.getBean() instanceof Endpoint;
        }

        @Override
        public @Nullable ModelAndView handle(
                HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            ((Endpoint) ((HandlerMethod) handler).getBean()).handle(request, response);
            return null;
        }
    }
}

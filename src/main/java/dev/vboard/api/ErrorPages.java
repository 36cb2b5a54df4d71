package dev.vboard.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;
import java.util.List;

/** What the server itself refuses, before or after the service had a say, in the service's form. */
@Configuration(proxyBeanMethods = false)
class ErrorPages {

    /** Puts {@link Valve} in the place of the server's own pages. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainErrors() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    private static Prepared problem(int status, @Nullable String path) {
        ProblemCode code = ProblemCode.ofStatus(status);
        return Exchange.problem(Problems.withStatus(status, code), path == null ? "" : path);
    }

    /** Answers what filters and the server report through the error page. */
    @Controller
    static class Page implements ErrorController {
        private final ObjectProvider<Routes> routes;

        Page(ObjectProvider<Routes> routes) {
            this.routes = routes;
        }

        @RequestMapping("${spring.web.error.path:/error}")
        void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            // Asked for by hand, the page is not there.
            int code = status instanceof Integer known ? known : 404;
            String where = path instanceof String uri ? uri : request.getRequestURI();
            if (response.getHeader(RequestLog.HEADER) == null) {
                RequestLog.unseen(request, response, 0);
            }
            List<String> allowed = routes.getObject().router().methods(where);
            if (code == 405 && !allowed.isEmpty()) {
                // The server names what it knows, whether it is known here or not.
                response.setHeader("Allow", String.join(", ", allowed));
            }
            problem(code, where).send(response);
        }
    }

    /** Answers what never reached the service: a request line that is none, a path with a brace. */
    public static class Valve extends ErrorReportValve {
        @Override
        protected void report(Request request, Response response, @Nullable Throwable cause) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0) {
                return;
            }
            if (response.getHeader(RequestLog.HEADER) == null) {
                long began = request.getCoyoteRequest().getStartTimeNanos();
                RequestLog.unseen(request, response, System.nanoTime() - began);
            }
            try {
                Prepared page = problem(status, request.getRequestURI());
                response.setContentType(MediaTypes.PROBLEM);
                response.setContentLength(page.bytes().length);
                response.getOutputStream().write(page.bytes());
            } catch (IOException e) {
                container.getLogger().debug("The client is gone", e);
            }
        }
    }
}

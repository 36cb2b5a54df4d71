package dev.vboard.api;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** Gives every request an id, the caller's where there is one, and writes a line for it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLog implements Filter {
    /** The header with the id. */
    static final String HEADER = "X-Request-Id";

    private static final Logger access = LoggerFactory.getLogger("dev.vboard.access");
    private static final int LONGEST = 128;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answered = (HttpServletResponse) response;
        String id = id(asked.getHeader(HEADER));
        answered.setHeader(HEADER, id);
        long began = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            if (access.isInfoEnabled()) {
                write(asked, answered, id, System.nanoTime() - began);
            }
        }
    }

    /** Does the same for a request that the server has refused before any filter saw it. */
    static void unseen(HttpServletRequest asked, HttpServletResponse answered, long nanos) {
        String id = id(asked.getHeader(HEADER));
        answered.setHeader(HEADER, id);
        if (access.isInfoEnabled()) {
            write(asked, answered, id, nanos);
        }
    }

    private static void write(
            HttpServletRequest asked, HttpServletResponse answered, String id, long nanos) {
        access.info(
                "{} {} {} {} {}us {}",
                asked.getRemoteAddr(),
                asked.getMethod(),
                asked.getRequestURI(),
                answered.getStatus(),
                nanos / 1000,
                id);
    }

    /** What could break a header or a line of the log is not echoed. */
    private static String id(@Nullable String given) {
        if (given != null && !given.isEmpty() && given.length() <= LONGEST && printable(given)) {
            return given;
        }
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}

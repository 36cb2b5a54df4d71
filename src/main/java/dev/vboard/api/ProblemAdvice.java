package dev.vboard.api;

import dev.vboard.api.body.Problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** What Spring finds wrong before a route is reached, in the service's own form. */
@ControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    void answer(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        String path = request.getRequestURI();
        if (e instanceof HttpRequestMethodNotSupportedException wrong
                && wrong.getSupportedMethods() != null) {
            String allowed = String.join(", ", new TreeSet<>(List.of(wrong.getSupportedMethods())));
            response.setHeader("Allow", allowed);
            send(ProblemCode.METHOD_NOT_ALLOWED.because("this takes " + allowed), path, response);
        } else if (e instanceof ErrorResponse known && known.getStatusCode().value() < 500) {
            ProblemCode code = ProblemCode.ofStatus(known.getStatusCode().value());
            String detail = code == ProblemCode.NOT_FOUND ? "there is nothing here" : code.text();
            send(code.because(detail), path, response);
        } else {
            log.error("{} {} failed", request.getMethod(), path, e);
            send(ProblemCode.INTERNAL_ERROR.because("the service failed"), path, response);
        }
    }

    private static void send(Problem problem, String path, HttpServletResponse response)
            throws IOException {
        Exchange.problem(problem, path).send(response);
    }
}

package dev.vboard.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request and its answer, as they went over the wire.
 *
 * @param target path and query of the request
 * @param requestHeaders those the test has set
 */
public record Exchanged(
        String method,
        String target,
        Map<String, String> requestHeaders,
        byte[] requestBody,
        int status,
        Map<String, List<String>> headers,
        byte[] body) {

    /** The first value of a header of the answer, or an empty text. */
    public String header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().getFirst())
                .findFirst()
                .orElse("");
    }

    /** The answer's body. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + target + " " + new String(requestBody, StandardCharsets.UTF_8)
                + " -> " + status + " " + text();
    }
}

package dev.vboard.api;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What requests say of the bodies they bring and want. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String EVENTS = "text/event-stream";
    static final String YAML = "application/yaml";

    private MediaTypes() {}

    /** As {@link #choose(String, List)}; the header may stand there more than once. */
    static Optional<String> choose(HttpServletRequest request, List<String> types) {
        Optional<String> chosen = choose(request.getHeader("Accept"), types);
        return chosen.isPresent()
                ? chosen
                : choose(String.join(",", Collections.list(request.getHeaders("Accept"))), types);
    }

    /** Which of the types a client with that Accept header wants most; the first of equals. */
    static Optional<String> choose(@Nullable String accept, List<String> types) {
        String first = types.getFirst();
        if (accept == null || accept.equals("*/*") || accept.equals(first) || accept.isBlank()) {
            return Optional.of(first);
        }
        try {
            List<MediaType> ranges = MediaType.parseMediaTypes(accept);
            return types.stream()
                    .filter(type -> quality(ranges, type) > 0)
                    .max(Comparator.comparingDouble((String type) -> quality(ranges, type))
                            .thenComparing(type -> -types.indexOf(type)));
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    /** Of the range that fits most closely; a type that is named counts a little more. */
    private static double quality(List<MediaType> ranges, String type) {
        MediaType wanted = MediaType.parseMediaType(type);
        return ranges.stream()
                .filter(range -> range.includes(wanted))
                .min(Comparator.comparingInt(MediaTypes::wildcards))
                .map(range -> range.getQualityValue() == 0
                        ? 0
                        : range.getQualityValue() - wildcards(range) / 10_000.0)
                .orElse(0.0);
    }

    private static int wildcards(MediaType range) {
        return (range.isWildcardType() ? 1 : 0) + (range.isWildcardSubtype() ? 1 : 0);
    }

    /** Whether a body of that type is JSON in UTF-8. */
    static boolean isJson(@Nullable String contentType) {
        return is(contentType, List.of(JSON));
    }

    /** Whether a body of that type is one of those, in UTF-8. */
    static boolean is(@Nullable String contentType, List<String> types) {
        if (contentType == null || types.contains(contentType)) {
            return contentType != null;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return types.stream().anyMatch(one -> type.equalsTypeAndSubtype(MediaType.valueOf(one)))
                    && (type.getCharset() == null || type.getCharset().name().equals("UTF-8"));
        } catch (RuntimeException e) {
            return false;
        }
    }
}

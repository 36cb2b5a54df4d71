package dev.vboard.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Cuts lists into pages. A cursor is opaque to the caller and belongs to the list it came from. */
final class Pages {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private Pages() {}

    /** How many items the caller wants at most. */
    static int limit(Call call) {
        return (int) call.parameters().number("limit", 1, MOST).orElse(USUAL);
    }

    /** The page of a list that the call asks for. */
    static <T, P> P of(Call call, List<T> all, BiFunction<List<T>, Optional<String>, P> page) {
        int limit = limit(call);
        int from = (int) Math.min(all.size(), place(call).map(Pages::index).orElse(0L));
        int to = Math.min(all.size(), from + limit);
        Optional<String> next =
                to < all.size() ? Optional.of(cursor(call, String.valueOf(to))) : Optional.empty();
        return page.apply(List.copyOf(all.subList(from, to)), next);
    }

    /** A cursor to a place in the list that the call asks for. */
    static String cursor(Call call, String place) {
        byte[] plain = (list(call) + " " + place).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** The place that the call's cursor names, if it has one. */
    static Optional<String> place(Call call) {
        return call.parameters().text("cursor").map(cursor -> {
            String plain = decode(cursor);
            String prefix = list(call) + " ";
            if (!plain.startsWith(prefix)) {
                throw notOurs();
            }
            return plain.substring(prefix.length());
        });
    }

    /** The last segment of the path that is no variable tells lists apart well enough. */
    private static String list(Call call) {
        String path = call.route().path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    /** The number that such a place is. */
    static long index(String place) {
        long index = Digits.parse(place);
        if (index < 0) {
            throw notOurs();
        }
        return index;
    }

    private static ProblemException notOurs() {
        return ProblemException.invalid("?cursor", "must be the next of the page before");
    }
}

package dev.vboard.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes requests and tells listeners of each exchange. */
public final class Client {
    /** Of the whole suite: who wants to see every exchange, found as services at first. */
    public static final List<ExchangeListener> LISTENERS =
            new CopyOnWriteArrayList<>(ServiceLoader.load(ExchangeListener.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList());

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;

    public Client(int port) {
        base = "http://127.0.0.1:" + port;
    }

    public Exchanged get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    public Exchanged delete(String target, String... headers) {
        return send("DELETE", target, "", headers);
    }

    public Exchanged post(String target, String json, String... headers) {
        return send("POST", target, json, headers);
    }

    public Exchanged put(String target, String json, String... headers) {
        return send("PUT", target, json, headers);
    }

    public Exchanged patch(String target, String json, String... headers) {
        return send("PATCH", target, json, headers);
    }

    /**
     * Makes a request.
     *
     * @param headers names and values in turn; a body is declared as JSON unless they say otherwise
     */
    public Exchanged send(String method, String target, String body, String... headers) {
        TreeMap<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!body.isEmpty()) {
            set.put("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            set.put(headers[i], headers[i + 1]);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .method(method, BodyPublishers.ofString(body));
        set.forEach(request::header);
        try {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            Exchanged exchanged = new Exchanged(
                    method,
                    target,
                    set,
                    body.getBytes(StandardCharsets.UTF_8),
                    answer.statusCode(),
                    answer.headers().map(),
                    answer.body());
            LISTENERS.forEach(listener -> listener.exchanged(exchanged));
            return exchanged;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

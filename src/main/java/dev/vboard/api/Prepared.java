package dev.vboard.api;

import jakarta.servlet.http.HttpServletResponse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * An answer ready to be sent.
 *
 * @param status of HTTP
 * @param mediaType of the body; empty when there is none
 * @param location where what was created is, or empty
 * @param tag the entity tag, or empty
 * @param replayed whether it was given before, to the same request
 * @param bytes the body, unless it is written piece by piece
 * @param writer writes a body that is not in memory
 */
record Prepared(
        int status,
        String mediaType,
        String location,
        String tag,
        boolean replayed,
        byte[] bytes,
        Reply.Writer writer) {
    private static final byte[] NOTHING = {};
    private static final Reply.Writer NOBODY = _ -> {};

    /** Without a body. */
    static Prepared empty(int status, String location, String tag) {
        return new Prepared(status, "", location, tag, false, NOTHING, NOBODY);
    }

    /** With a body in memory. */
    static Prepared of(int status, String mediaType, String location, String tag, byte[] bytes) {
        return new Prepared(status, mediaType, location, tag, false, bytes, NOBODY);
    }

    /** With a body that is written piece by piece. */
    static Prepared streamed(int status, String mediaType, Reply.Writer writer) {
        return new Prepared(status, mediaType, "", "", false, NOTHING, writer);
    }

    /** The same with all of the body in memory. */
    Prepared inMemory() throws IOException {
        if (writer == NOBODY) {
            return this;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out);
        return of(status, mediaType, location, tag, out.toByteArray());
    }

    /** The same, given once more. */
    Prepared asReplay() {
        return new Prepared(status, mediaType, location, tag, true, bytes, writer);
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        if (!location.isEmpty()) {
            response.setHeader("Location", location);
        }
        if (!tag.isEmpty()) {
            response.setHeader("ETag", tag);
        }
        if (replayed) {
            response.setHeader("Idempotency-Replayed", "true");
        }
        if (status == 429 || status == 503) {
            response.setHeader("Retry-After", "1");
        }
        if (mediaType.isEmpty()) {
            return;
        }
        response.setContentType(mediaType);
        if (writer == NOBODY) {
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        } else {
            writer.write(response.getOutputStream());
        }
    }
}

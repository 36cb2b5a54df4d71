package dev.vboard.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a call is answered with.
 *
 * @param status of HTTP
 * @param content the body
 * @param location where what was created is; empty when nothing was
 * @param revision of the board or profile, for a call that is not on a board; -1 for none
 */
record Reply(int status, Content content, String location, long revision) {
    private static final Reply EMPTY = new Reply(204, new Empty(), "", -1);

    /** A body. */
    sealed interface Content permits Empty, Document, Text, Stream {}

    /** No body. */
    record Empty() implements Content {}

    /** An object to be written as JSON. */
    record Document(Object value) implements Content {}

    /** Text as it is. */
    record Text(String text, String mediaType) implements Content {}

    /** A long document, written piece by piece. */
    record Stream(Writer writer, String mediaType) implements Content {}

    /** Writes a long document. */
    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    static Reply ok(Object value) {
        return new Reply(200, new Document(value), "", -1);
    }

    static Reply created(Object value, String location) {
        return new Reply(201, new Document(value), location, -1);
    }

    static Reply text(String mediaType, String text) {
        return new Reply(200, new Text(text, mediaType + ";charset=UTF-8"), "", -1);
    }

    static Reply streamed(int status, Writer writer) {
        return new Reply(status, new Stream(writer, MediaTypes.JSON), "", -1);
    }

    static Reply empty() {
        return EMPTY;
    }

    /** Nothing new since that revision. */
    static Reply unchanged(long revision) {
        return new Reply(304, new Empty(), "", revision);
    }

    /** The same with the revision of the board or profile it tells of. */
    Reply at(long boardRevision) {
        return new Reply(status, content, location, boardRevision);
    }
}

package dev.vboard.api;

import dev.vboard.runtime.ServiceLimits;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers what POST requests with an Idempotency-Key were answered with, the last ones of them.
 */
@Component
class Idempotency {
    private static final int LONGEST_KEY = 255;
    /** What an entry takes beside its answer's body. */
    private static final int OVERHEAD_BYTES = 512;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final int mostKeys;
    private final long mostBytes;
    private long bytes;

    Idempotency(ServiceLimits limits) {
        mostKeys = limits.idempotencyKeys();
        mostBytes = limits.idempotencySize().toBytes();
    }

    /**
     * A request that was made, and its answer once there is one; empty when it is to be made anew.
     */
    private static final class Entry {
        private final byte[] digest;
        private final CompletableFuture<Optional<Prepared>> answer = new CompletableFuture<>();
        private long bytes;

        Entry(byte[] digest) {
            this.digest = digest;
        }
    }

    /** What a request is about: same key and same digest, same request. */
    static byte[] digest(String method, String address, byte[] body) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((method + " " + address + "\n").getBytes(StandardCharsets.UTF_8));
            return sha.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The answer given before, waiting for it when the first request is still under way. When it is
     * empty, the caller makes the request and then calls {@link #finish}.
     *
     * @throws ProblemException when the key was used for another request
     */
    Optional<Prepared> begin(String key, byte[] digest) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw ProblemException.invalid("Idempotency-Key", "must have 1 to 255 characters");
        }
        while (true) {
            Entry earlier = claim(key, digest);
            if (earlier == null) {
                return Optional.empty();
            }
            if (!Arrays.equals(earlier.digest, digest)) {
                throw new ProblemException(ProblemCode.KEY_REUSED.because(
                        "the Idempotency-Key was used for another request"));
            }
            Optional<Prepared> answer = earlier.answer.join();
            if (answer.isPresent()) {
                return answer;
            }
        }
    }

    private synchronized @Nullable Entry claim(String key, byte[] digest) {
        return entries.putIfAbsent(key, new Entry(digest));
    }

    /** The request was made; an empty answer means that a repetition makes it anew. */
    void finish(String key, Optional<Prepared> answer) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(key);
            if (entry == null) {
                return;
            }
            if (answer.isEmpty()) {
                entries.remove(key);
            } else {
                entry.bytes = OVERHEAD_BYTES + answer.get().bytes().length;
                bytes += entry.bytes;
                forgetOldest();
            }
        }
        entry.answer.complete(answer);
    }

    private void forgetOldest() {
        Iterator<Entry> oldest = entries.values().iterator();
        while ((entries.size() > mostKeys || bytes > mostBytes) && oldest.hasNext()) {
            Entry entry = oldest.next();
            // One that is still under way is waited for by its caller, and has no size yet.
            if (entry.bytes > 0) {
                oldest.remove();
                bytes -= entry.bytes;
            }
        }
    }
}

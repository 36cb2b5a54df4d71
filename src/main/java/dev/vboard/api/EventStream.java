package dev.vboard.api;

import dev.vboard.model.core.EventType;
import dev.vboard.runtime.BoardRuntime;
import dev.vboard.runtime.ServiceLimits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells boards' events live, as server-sent events. Each client is served by its own request's
 * thread, which takes a board's lock only to copy a few events; a client that does not read holds
 * up nobody but that thread.
 */
@Component
class EventStream implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<Listening> clients = ConcurrentHashMap.newKeySet();
    private final int limit;
    private final long heartbeatNanos;
    private volatile boolean running;

    EventStream(ServiceLimits limits, @Value("${vboard.events.heartbeat:15s}") Duration heartbeat) {
        limit = limits.sseClients();
        heartbeatNanos = heartbeat.toNanos();
    }

    /** Goes on answering until the client, the board or the service goes away. */
    void follow(
            BoardRuntime board, Call call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Set<EventType> types = EventCalls.types(call);
        OptionalLong seen = seen(call, request);
        Listening client = new Listening(board, types);
        clients.add(client);
        try {
            if (clients.size() > limit) {
                throw new ProblemException(ProblemCode.TOO_MANY.because(
                        "at most " + limit + " clients follow events", List.of("sseClients")));
            }
            client.begin(seen);
            response.setContentType(MediaTypes.EVENTS);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.flushBuffer();
            if (!request.getMethod().equals("HEAD")) {
                tell(client, response.getOutputStream());
            }
        } finally {
            client.end();
            clients.remove(client);
        }
    }

    /** Where the client left off before, or what it asks for. */
    private static OptionalLong seen(Call call, HttpServletRequest request) {
        String last = request.getHeader("Last-Event-ID");
        if (last == null || last.isEmpty()) {
            return EventCalls.after(call);
        }
        long seq = Digits.parse(last);
        if (seq < 0) {
            throw ProblemException.invalid("Last-Event-ID", "must be the id of an event");
        }
        return OptionalLong.of(seq);
    }

    private void tell(Listening client, OutputStream out) throws IOException {
        try {
            long quietSince = System.nanoTime();
            while (running && client.next()) {
                if (client.write(out)) {
                    quietSince = System.nanoTime();
                    continue;
                }
                long left = quietSince + heartbeatNanos - System.nanoTime();
                if (!client.await(left)) {
                    out.write(HEARTBEAT);
                    out.flush();
                    quietSince = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It went away, or did not read for so long that the connection was given up.
            log.debug("A client of board {} is gone", client.boardId(), e);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the server waits for requests in flight: these would never end by themselves. */
    @Override
    public void stop() {
        running = false;
        clients.forEach(Listening::wake);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package dev.vboard.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this service holds and does at most.
 *
 * @param boards boards at a time; as many as the heap has room for when left out
 * @param bulkCount boards that one bulk request may create
 * @param profiles profiles that users add
 * @param domains live domains of one board, Dom0 included, whatever its profile allows
 * @param sseClients clients that follow events at a time
 * @param bodySize size of a request body
 * @param wallTimePerCall wall time that one call may take
 * @param idempotencyKeys keys whose answers are remembered
 * @param idempotencySize how much all remembered answers may take together
 */
@ConfigurationProperties("vboard.limits")
public record ServiceLimits(
        @Nullable Integer boards,
        @DefaultValue("10000") int bulkCount,
        @DefaultValue("100") int profiles,
        @DefaultValue("29") int domains,
        @DefaultValue("1000") int sseClients,
        @DefaultValue("1MB") DataSize bodySize,
        @DefaultValue("2s") Duration wallTimePerCall,
        @DefaultValue("10000") int idempotencyKeys,
        @DefaultValue("64MB") DataSize idempotencySize) {

    /** A board that shares nothing any more, with a history and some RAM, and air for requests. */
    private static final long BYTES_PER_BOARD = 32L * 1024;

    /** How many boards there may be. */
    public int maxBoards() {
        if (boards != null) {
            return boards;
        }
        long heap = Runtime.getRuntime().maxMemory();
        return (int) Math.min(Integer.MAX_VALUE, heap / 5 * 4 / BYTES_PER_BOARD);
    }

    /** All limits by name: the property's, in camel case. Sizes in bytes, times in milliseconds. */
    public SortedMap<String, Long> byName() {
        SortedMap<String, Long> all = new TreeMap<>();
        all.put("boards", (long) maxBoards());
        all.put("bulkCount", (long) bulkCount);
        all.put("profiles", (long) profiles);
        all.put("domains", (long) domains);
        all.put("sseClients", (long) sseClients);
        all.put("bodySize", bodySize.toBytes());
        all.put("wallTimePerCall", wallTimePerCall.toMillis());
        all.put("idempotencyKeys", (long) idempotencyKeys);
        all.put("idempotencySize", idempotencySize.toBytes());
        return all;
    }
}

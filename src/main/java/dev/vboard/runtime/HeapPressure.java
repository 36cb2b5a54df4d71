package dev.vboard.runtime;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Whether so much of the heap survives its collection that what boards remember must give way, and
 * new boards must wait. Full histories of all boards that fit take more than the heap: most boards
 * have short ones.
 */
@Component
final class HeapPressure {
    private static final double FULL = 0.85;
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SELDOM_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BooleanSupplier look;
    private final Runnable collect;
    private final AtomicLong collectedAt = new AtomicLong(System.nanoTime() - SELDOM_NANOS);
    private final long freshNanos;
    private volatile long lookedAt;
    private volatile boolean high;

    HeapPressure() {
        this(new OldGenerations()::full, System::gc, FRESH_NANOS);
    }

    HeapPressure(BooleanSupplier look, Runnable collect, long freshNanos) {
        this.look = look;
        this.collect = collect;
        this.freshNanos = freshNanos;
        lookedAt = System.nanoTime() - freshNanos;
    }

    /** As of a tenth of a second ago at most: looking takes longer than most calls on a board. */
    boolean high() {
        long now = System.nanoTime();
        if (now - lookedAt >= freshNanos) {
            lookedAt = now;
            high = look.getAsBoolean();
        }
        return high;
    }

    /**
     * As {@link #high}, for those who would be turned away. What was deleted since the last
     * collection still counts until the next, which may be long in coming when nobody may create
     * anything: so one is asked for, seldom.
     */
    boolean highAfterCollection() {
        if (!high()) {
            return false;
        }
        long now = System.nanoTime();
        long before = collectedAt.get();
        if (now - before >= SELDOM_NANOS && collectedAt.compareAndSet(before, now)) {
            collect.run();
            high = look.getAsBoolean();
        }
        return high;
    }

    /** The parts of the heap where what lives long is. */
    private static final class OldGenerations {
        private @Nullable List<MemoryPoolMXBean> pools;

        /** Asks for them when somebody wants to know, not while the service starts. */
        private List<MemoryPoolMXBean> pools() {
            List<MemoryPoolMXBean> known = pools;
            if (known == null) {
                known = ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                        .toList();
                pools = known;
            }
            return known;
        }

        boolean full() {
            for (MemoryPoolMXBean pool : pools()) {
                MemoryUsage kept = pool.getCollectionUsage();
                if (kept != null && kept.getMax() > 0 && kept.getUsed() > FULL * kept.getMax()) {
                    return true;
                }
            }
            return false;
        }
    }
}

package dev.vboard.metrics;

import dev.vboard.model.core.Events;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.firmware.PsciStatus;
import dev.vboard.model.report.WakeCause;
import dev.vboard.runtime.BoardListener;
import dev.vboard.trace.EventLog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Counts PSCI calls and wake-ups and measures suspends, from the events of boards. Nothing is
 * labelled with a board, and only with words that this service knows: what a caller makes up is
 * "other".
 */
@Component
class EventMeters implements BoardListener {
    private static final String OTHER = "other";
    private static final Set<String> FUNCTIONS =
            Arrays.stream(PsciFunction.values()).map(Enum::name).collect(Collectors.toSet());
    private static final Set<String> CAUSES = Arrays.stream(WakeCause.Kind.values())
            .map(WakeCause.Kind::wire)
            .collect(Collectors.toSet());

    private final MeterRegistry registry;
    private final SuspendMeters suspends;
    private final Map<PsciCall, Counter> calls = new ConcurrentHashMap<>();
    private final Map<String, Counter> wakeups = new ConcurrentHashMap<>();
    private final Counter late;

    private record PsciCall(boolean physical, String function, String result) {}

    EventMeters(MeterRegistry registry) {
        this.registry = registry;
        suspends = new SuspendMeters(registry);
        late = Counter.builder("vboard.dom0.late")
                .description("Resumes in which domains waited 100 ms for Dom0 in vain")
                .register(registry);
        CAUSES.forEach(this::wakeup);
    }

    @Override
    public void emitted(String boardId, EventLog log, long afterSeq, long wallNanos) {
        log.read(afterSeq, (_, nanos, type, _, domain, _, value, text) -> {
            switch (type) {
                case PSCI_CALL -> count(domain == Events.ABSENT, text, result(value));
                case BOARD_RESUMED -> {
                    // The firmware names the cause, Xen then says that it is done.
                    if (!text.isEmpty()) {
                        wakeup(CAUSES.contains(text) ? text : OTHER).increment();
                    }
                    suspends.event(boardId, type, nanos, wallNanos, text);
                }
                case FAULT -> {
                    if (text.equals("DOM0_LATE")) {
                        late.increment();
                    }
                }
                case STEP_STARTED, BOARD_SUSPENDED, BOARD_OFF, BOARD_DELETED ->
                    suspends.event(boardId, type, nanos, wallNanos, text);
                default -> {}
            }
            return true;
        });
    }

    private Counter wakeup(String cause) {
        return wakeups.computeIfAbsent(
                cause,
                c -> Counter.builder("vboard.wakeups")
                        .description("Wake-ups of suspended boards by cause")
                        .tag("cause", c)
                        .register(registry));
    }

    private void count(boolean physical, String function, String result) {
        String known = FUNCTIONS.contains(function) ? function : OTHER;
        calls.computeIfAbsent(new PsciCall(physical, known, result), this::counter)
                .increment();
    }

    private Counter counter(PsciCall call) {
        return Counter.builder("vboard.psci.calls")
                .description("PSCI calls by function and result")
                .tag("face", call.physical ? "phys" : "virt")
                .tag("function", call.function)
                .tag("result", call.result)
                .register(registry);
    }

    /** A status where there is one; a version, a mask, a count is a success too. */
    private static String result(long value) {
        if (value == Events.ABSENT) {
            return "none";
        }
        int code = (int) value;
        return code >= 0 ? "SUCCESS" : PsciStatus.of(code).map(Enum::name).orElse("SUCCESS");
    }
}

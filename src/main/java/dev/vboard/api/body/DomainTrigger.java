package dev.vboard.api.body;

import dev.vboard.model.report.WireName;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST .../domains/{d}/trigger} takes.
 *
 * @param trigger what to send
 * @param vcpu which vCPU gets it; 0 when left out
 * @param by the control domain that runs xl; the first running one when left out
 */
public record DomainTrigger(
        Kind trigger,
        @Bounds(max = 127) @Nullable Integer vcpu,
        @Bounds(max = 32_767) @Nullable Integer by) {

    /** What {@code xl trigger} can send. */
    public enum Kind implements WireName {
        NMI,
        RESET,
        INIT,
        POWER,
        SLEEP,
        S3RESUME
    }
}

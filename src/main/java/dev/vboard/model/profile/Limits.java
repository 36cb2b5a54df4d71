package dev.vboard.model.profile;

/**
 * What a board may hold at most.
 *
 * @param domains live domains, Dom0 included
 * @param vcpus vCPUs of one domain
 * @param firings deadlines that may fire in one call
 * @param scheduled fires waiting for their time
 * @param faults injected faults
 * @param events events kept
 * @param consoleBytes console text kept, in bytes
 */
public record Limits(
        int domains,
        int vcpus,
        int firings,
        int scheduled,
        int faults,
        int events,
        int consoleBytes) {}

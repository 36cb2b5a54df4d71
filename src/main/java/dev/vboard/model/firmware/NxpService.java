package dev.vboard.model.firmware;

import java.util.List;
import java.util.Optional;

/** NXP's silicon-provider calls that the model knows, with their function ids. */
public enum NxpService {
    /** The general power controller of i.MX8M. */
    GPC(0xC200_0000, false),
    CPUFREQ(0xC200_0001, true),
    TIME(0xC200_0002, true),
    WAKEUP_SRC(0xC200_0009, true),
    OTP_READ(0xC200_000A, true),
    OTP_WRITE(0xC200_000B, true);

    private static final List<NxpService> ALL = List.of(values());

    private final int functionId;
    private final boolean ofController;

    NxpService(int functionId, boolean ofController) {
        this.functionId = functionId;
        this.ofController = ofController;
    }

    /** Whether a firmware with those services, {@code imx8qm} or {@code imx8m}, has it. */
    public boolean isOf(String services) {
        return services.equals(ofController ? "imx8qm" : "imx8m");
    }

    /** Whether firmware with or without a system controller has it. */
    boolean isOf(boolean controller) {
        return ofController == controller;
    }

    /** The service with that function id. */
    static Optional<NxpService> of(int functionId) {
        for (NxpService service : ALL) {
            if (service.functionId == functionId) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}

package dev.vboard.model.profile;

import java.util.List;

/**
 * What the EL3 firmware can do.
 *
 * @param psci the PSCI version, {@code major.minor}
 * @param systemSuspend whether SYSTEM_SUSPEND is there
 * @param synthetic whether it is our own addition to a firmware that lacks it
 * @param powerStateFormat {@code original} or {@code extended}
 * @param stateIds {@code null}, {@code recommended} or {@code imx8m} StateID encoding
 * @param osInitiated whether PSCI_SET_SUSPEND_MODE is there
 * @param stat whether the STAT calls are there
 * @param nodeHwState whether NODE_HW_STATE is there
 * @param memProtect whether the MEM_PROTECT calls are there
 * @param reset2 whether SYSTEM_RESET2 is there
 * @param eemi whether the EEMI services are there
 * @param sip which of NXP's silicon-provider services are there: {@code none}, {@code imx8qm} or
 *     {@code imx8m}
 * @param savesGic whether EL3 saves the GIC before SYSTEM_SUSPEND and restores it on the way back
 * @param wakeRerunsBl2 whether the way back from SYSTEM_SUSPEND runs BL2 once more, which prints
 * @param trustedOs {@code none}, {@code up-migratable}, {@code up} or {@code mp}
 * @param trustedOsCpu the CPU a single-core trusted OS lives on
 * @param entryRanges address ranges accepted as entry points
 */
public record FirmwareSpec(
        String psci,
        boolean systemSuspend,
        boolean synthetic,
        String powerStateFormat,
        String stateIds,
        boolean osInitiated,
        boolean stat,
        boolean nodeHwState,
        boolean memProtect,
        boolean reset2,
        boolean eemi,
        String sip,
        boolean savesGic,
        boolean wakeRerunsBl2,
        String trustedOs,
        int trustedOsCpu,
        List<AddressRange> entryRanges) {

    /**
     * A range of addresses.
     *
     * @param first first address, unsigned
     * @param last last address, unsigned, included
     */
    public record AddressRange(long first, long last) {
        /** Whether the address lies in the range. */
        public boolean holds(long address) {
            return Long.compareUnsigned(address, first) >= 0
                    && Long.compareUnsigned(address, last) <= 0;
        }
    }
}

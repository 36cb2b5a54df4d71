package dev.vboard.model;

import dev.vboard.model.core.Device;
import dev.vboard.model.power.FullPower;
import dev.vboard.model.power.Gpc;
import dev.vboard.model.power.IouSlcr;
import dev.vboard.model.power.IrqSteer;
import dev.vboard.model.power.LpdSlcr;
import dev.vboard.model.power.Rpu;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.DeviceType;

/**
 * The devices that are another view of how a board sleeps and wakes.
 *
 * @param wake what watches the interrupt lines
 * @param fullPower who holds ZynqMP's full-power domain on
 */
record PowerBlocks(WakeController wake, FullPower fullPower) {
    /** Builds one, whose type must be one of theirs. */
    Device build(DeviceSpec spec) {
        DeviceType type = spec.deviceType();
        if (type == DeviceType.ZYNQMP_LPD_SLCR) {
            return new LpdSlcr(spec, wake);
        }
        if (type == DeviceType.ZYNQMP_IOU_SLCR) {
            return new IouSlcr(spec, fullPower);
        }
        if (type == DeviceType.ZYNQMP_RPU) {
            return new Rpu(spec, fullPower);
        }
        return type == DeviceType.IMX_GPC
                ? new Gpc(spec, wake.gpc().orElseThrow())
                : new IrqSteer(spec, wake);
    }
}

package dev.vboard.model.guest;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.GuestMachine;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The device drivers of a scripted guest: which interrupts they ask for, which of those wake, and
 * what makes a device lower its line (devices.md 2 to 4).
 */
final class Drivers {
    private static final int PL031_ICR = 0x1C;
    private static final int ZYNQMP_RTC_STATUS = 0x20;
    private static final int ZYNQMP_RTC_ALARM = 2;
    private static final int PL011_FR = 0x18;
    private static final int PL011_RXFE = 1 << 4;
    private static final int PL011_ICR = 0x44;
    private static final int CADENCE_ISR = 0x14;
    private static final int CADENCE_SR = 0x2C;
    private static final int CADENCE_REMPTY = 1 << 1;
    private static final int CADENCE_FIFO = 0x30;
    private static final int FIFO = 64;
    private static final int ALL = -1;

    /** What a machine's own system drives, whoever else may be given the rest. */
    private static final List<String> OF_THE_SYSTEM = List.of("rtc", "gpio", "mu", "key", "snvs");

    private final GuestMachine machine;
    private final BoardProfile profile;

    Drivers(GuestMachine machine, BoardProfile profile) {
        this.machine = machine;
        this.profile = profile;
    }

    /**
     * The interrupts that have a driver: all of a guest's own, but of the hardware domain's only
     * bare lines and what a system wakes by, so that its other devices can still be given away.
     */
    List<Integer> driven(Board board) {
        if (!machine.hardware(board)) {
            return machine.interrupts(board);
        }
        List<Integer> driven = new ArrayList<>();
        for (int intid : machine.interrupts(board)) {
            Optional<DeviceSpec> device = profile.deviceOfIntid(intid);
            if (device.isEmpty() || ofTheSystem(device.get())) {
                driven.add(intid);
            }
        }
        return driven;
    }

    private static boolean ofTheSystem(DeviceSpec device) {
        for (String name : OF_THE_SYSTEM) {
            if (device.name().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the guest leaves an interrupt enabled while it sleeps, so that it may wake it. */
    boolean wakes(int intid) {
        Optional<DeviceSpec> device = profile.deviceOfIntid(intid);
        return device.isEmpty()
                || ofTheSystem(device.get())
                || device.get().wakeNode().isPresent()
                || device.get().wakeIntids().contains(intid);
    }

    /**
     * Serves the device behind an interrupt, as a vCPU.
     *
     * @return false when nothing is known that would lower its line, so it has to be masked
     */
    boolean serve(Board board, int vcpu, int intid) {
        Optional<DeviceSpec> found = profile.deviceOfIntid(intid);
        if (found.isEmpty()) {
            return false;
        }
        DeviceSpec device = found.get();
        long base = device.address();
        switch (device.type()) {
            case "pl031" -> machine.store(board, vcpu, base + PL031_ICR, 1);
            case "zynqmp-rtc" ->
                machine.store(board, vcpu, base + ZYNQMP_RTC_STATUS, ZYNQMP_RTC_ALARM);
            case "pl011" -> {
                drain(board, vcpu, base + PL011_FR, PL011_RXFE, base);
                machine.store(board, vcpu, base + PL011_ICR, ALL);
            }
            case "cadence-uart" -> {
                drain(board, vcpu, base + CADENCE_SR, CADENCE_REMPTY, base + CADENCE_FIFO);
                machine.store(board, vcpu, base + CADENCE_ISR, ALL);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void drain(Board board, int vcpu, long status, int empty, long fifo) {
        for (int i = 0; i < FIFO && (machine.load(board, vcpu, status) & empty) == 0; i++) {
            int unused = machine.load(board, vcpu, fifo);
        }
    }
}

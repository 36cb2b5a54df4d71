package dev.vboard.model;

import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;

import java.util.List;
import java.util.TreeMap;

/**
 * The options of a board, by what is unusual about them: else it has power, no hazard, and a manual
 * Dom0 of both roles with one vCPU, and guests go on when Dom0 has run.
 */
public final class Boot {
    private final String flavour;
    private List<String> hazards = List.of();
    private boolean hmpUnsafe;
    private String domuRelease = "AFTER_DOM0_RAN";
    private boolean rfcText;
    private int vcpus = 1;
    private int online = 1;
    private Guest dom0 = Guest.MANUAL;
    private List<Role> roles = List.of(Role.HARDWARE, Role.CONTROL);

    public Boot(String flavour) {
        this.flavour = flavour;
    }

    public Boot hazards(List<String> hazards) {
        this.hazards = hazards;
        return this;
    }

    public Boot hmpUnsafe(boolean unsafe) {
        hmpUnsafe = unsafe;
        return this;
    }

    public Boot domuRelease(String release) {
        domuRelease = release;
        return this;
    }

    public Boot rfcText(boolean text) {
        rfcText = text;
        return this;
    }

    /** Gives Dom0 so many vCPUs, so many of them online. */
    public Boot vcpus(int vcpus, int online) {
        this.vcpus = vcpus;
        this.online = online;
        return this;
    }

    public Boot dom0(Guest guest) {
        dom0 = guest;
        return this;
    }

    public Boot roles(Role... roles) {
        this.roles = List.of(roles);
        return this;
    }

    public BootOptions options() {
        return new BootOptions(
                flavour,
                hazards,
                hmpUnsafe,
                domuRelease,
                rfcText,
                false,
                vcpus,
                online,
                new TreeMap<>(),
                dom0,
                roles,
                List.of(),
                true);
    }
}

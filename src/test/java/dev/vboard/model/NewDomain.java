package dev.vboard.model;

import dev.vboard.model.Action.PassThrough;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The creation of a domain, by what is unusual about it: else it has one vCPU that may run
 * anywhere, 256 MiB, no device and no line, no role, a manual guest of 64 bits, and is kept when it
 * has shut down.
 */
public final class NewDomain {
    private Optional<String> name = Optional.empty();
    private int vcpus = 1;
    private int memoryMiB = 256;
    private SortedMap<Integer, List<Integer>> pin = new TreeMap<>();
    private List<String> devices = List.of();
    private final List<PassThrough> lines = new ArrayList<>();
    private Guest guest = Guest.MANUAL;
    private List<Role> roles = List.of();
    private boolean paused;
    private int bits = 64;
    private List<AfterShutdown> afterShutdown = List.of();

    public NewDomain named(String name) {
        this.name = Optional.of(name);
        return this;
    }

    public NewDomain vcpus(int vcpus) {
        this.vcpus = vcpus;
        return this;
    }

    public NewDomain memoryMiB(int memoryMiB) {
        this.memoryMiB = memoryMiB;
        return this;
    }

    public NewDomain pinned(SortedMap<Integer, List<Integer>> pin) {
        this.pin = pin;
        return this;
    }

    /** Has vCPUs, the first of which runs on the first CPU named, the next on the next. */
    public NewDomain pinned(int... cpus) {
        return pinned(LiveBoard.pinned(cpus)).vcpus(cpus.length);
    }

    public NewDomain owning(String... devices) {
        this.devices = List.of(devices);
        return this;
    }

    /** Passes lines through to vCPU 0. */
    public NewDomain lines(Trigger trigger, int... intids) {
        for (int intid : intids) {
            passThrough(new PassThrough(intid, Optional.of(trigger), 0));
        }
        return this;
    }

    public NewDomain passThrough(PassThrough line) {
        lines.add(line);
        return this;
    }

    public NewDomain guest(Guest guest) {
        this.guest = guest;
        return this;
    }

    public NewDomain roles(Role... roles) {
        this.roles = List.of(roles);
        return this;
    }

    public NewDomain paused() {
        paused = true;
        return this;
    }

    public NewDomain bits(int bits) {
        this.bits = bits;
        return this;
    }

    public NewDomain afterShutdown(List<AfterShutdown> actions) {
        afterShutdown = actions;
        return this;
    }

    public Action.CreateDomain asked() {
        return new Action.CreateDomain(
                name,
                vcpus,
                memoryMiB,
                pin,
                devices,
                lines,
                guest,
                roles,
                paused,
                0x4000_0000L,
                bits,
                afterShutdown);
    }
}

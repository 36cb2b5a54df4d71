package dev.vboard.model;

import dev.vboard.model.Action.PassThrough;
import dev.vboard.model.core.SnapshotReader;
import dev.vboard.model.core.SnapshotWriter;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;
import dev.vboard.model.report.Trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creation options as bytes, field by field in the order of the record. */
final class SnapshotOptions {
    private static final List<Guest> GUESTS = List.of(Guest.values());
    private static final List<Role> ROLES = List.of(Role.values());
    private static final List<Trigger> TRIGGERS = List.of(Trigger.values());

    private SnapshotOptions() {}

    static void write(SnapshotWriter out, BootOptions options) {
        out.text(options.flavour());
        out.number(options.hazards().size());
        options.hazards().forEach(out::text);
        out.flag(options.hmpUnsafe());
        out.text(options.domuRelease());
        out.flag(options.rfcText());
        out.flag(options.coordSpi());
        out.number(options.dom0Vcpus());
        out.number(options.dom0Online());
        out.number(options.dom0Pin().size());
        options.dom0Pin().forEach((vcpu, cpus) -> {
            out.number(vcpu);
            out.number(cpus.size());
            cpus.forEach(out::number);
        });
        out.octet(options.dom0Guest().ordinal());
        out.number(options.dom0Roles().size());
        options.dom0Roles().forEach(role -> out.octet(role.ordinal()));
        out.number(options.dom0Interrupts().size());
        for (PassThrough line : options.dom0Interrupts()) {
            out.number(line.intid());
            out.flag(line.trigger().isPresent());
            out.octet(line.trigger().map(Trigger::ordinal).orElse(0));
            out.number(line.vcpu());
        }
        out.flag(options.powerOn());
    }

    static BootOptions read(SnapshotReader in) {
        return new BootOptions(
                in.text(),
                texts(in),
                in.flag(),
                in.text(),
                in.flag(),
                in.flag(),
                in.number(),
                in.number(),
                pins(in),
                in.constant(GUESTS),
                roles(in),
                lines(in),
                in.flag());
    }

    private static List<String> texts(SnapshotReader in) {
        List<String> texts = new ArrayList<>();
        int count = in.count(Integer.SIZE);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        return List.copyOf(texts);
    }

    private static SortedMap<Integer, List<Integer>> pins(SnapshotReader in) {
        SortedMap<Integer, List<Integer>> pins = new TreeMap<>();
        int count = in.count(Long.SIZE);
        for (int i = 0; i < count; i++) {
            int vcpu = in.number();
            List<Integer> cpus = new ArrayList<>();
            int allowed = in.count(Integer.SIZE);
            for (int j = 0; j < allowed; j++) {
                cpus.add(in.number());
            }
            pins.put(vcpu, List.copyOf(cpus));
        }
        return pins;
    }

    private static List<Role> roles(SnapshotReader in) {
        List<Role> roles = new ArrayList<>();
        int count = in.count(Byte.SIZE);
        for (int i = 0; i < count; i++) {
            roles.add(in.constant(ROLES));
        }
        return List.copyOf(roles);
    }

    private static List<PassThrough> lines(SnapshotReader in) {
        List<PassThrough> lines = new ArrayList<>();
        int count = in.count(2 * Integer.SIZE + 2 * Byte.SIZE);
        for (int i = 0; i < count; i++) {
            int intid = in.number();
            boolean has = in.flag();
            Trigger trigger = in.constant(TRIGGERS);
            lines.add(new PassThrough(
                    intid, has ? Optional.of(trigger) : Optional.empty(), in.number()));
        }
        return List.copyOf(lines);
    }
}

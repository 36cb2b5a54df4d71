package dev.vboard.api;

import dev.vboard.api.body.BoardCreate;
import dev.vboard.api.body.BoardCreate.Dom0Options;
import dev.vboard.api.body.BoardCreate.DomuRelease;
import dev.vboard.api.body.BoardCreate.XenOptions;
import dev.vboard.api.body.PassthroughLine;
import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Catalog;
import dev.vboard.model.Action;
import dev.vboard.model.BootOptions;
import dev.vboard.model.report.DomainReport.Guest;
import dev.vboard.model.report.DomainReport.Role;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a board is created with, where the request leaves it out too. */
final class BoardOptions {
    /** The profile of a board whose creator names none. */
    static final String USUAL_PROFILE = "qemu-virt";

    private static final XenOptions XEN = new XenOptions(null, null, null, null, null, null);
    private static final Dom0Options DOM0 = new Dom0Options(null, null, null, null, null, null);
    private static final int MOST_DOM0_VCPUS = 4;

    private BoardOptions() {}

    /** The options of a request for a board of that kind. */
    static BootOptions of(BoardCreate body, Catalog.Entry kind) {
        XenOptions xen = orElse(body.xen(), XEN);
        Dom0Options dom0 = orElse(body.dom0(), DOM0);
        String flavour = orElse(xen.flavour(), "rfc2018");
        if (flavour.equals("none")) {
            requireNothingOfXen(body, xen);
        }
        int vcpus = Math.min(MOST_DOM0_VCPUS, kind.profile().cpus().size());
        return new BootOptions(
                flavour,
                orElse(xen.hazards(), List.of()),
                orElse(xen.hmpUnsafe(), false),
                orElse(xen.domuRelease(), DomuRelease.AFTER_DOM0_RAN).name(),
                orElse(xen.rfcText(), false),
                orElse(xen.coordSpi(), false),
                orElse(dom0.vcpus(), vcpus),
                orElse(dom0.online(), 1),
                pins(dom0.pin()),
                orElse(dom0.guest(), Guest.MANUAL),
                orElse(dom0.roles(), List.of(Role.values())),
                lines(dom0.interrupts()),
                orElse(body.powerOn(), true));
    }

    /** What Xen is told to do, without a Xen, would be forgotten silently; defaults may stand. */
    private static void requireNothingOfXen(BoardCreate body, XenOptions xen) {
        List<Violation> wrong = new ArrayList<>();
        refuse(wrong, body.dom0() != null, "/dom0");
        refuse(wrong, !orElse(xen.hazards(), List.of()).isEmpty(), "/xen/hazards");
        refuse(wrong, orElse(xen.hmpUnsafe(), false), "/xen/hmpUnsafe");
        DomuRelease usual = DomuRelease.AFTER_DOM0_RAN;
        refuse(wrong, orElse(xen.domuRelease(), usual) != usual, "/xen/domuRelease");
        refuse(wrong, orElse(xen.rfcText(), false), "/xen/rfcText");
        refuse(wrong, orElse(xen.coordSpi(), false), "/xen/coordSpi");
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong, List.of());
        }
    }

    private static void refuse(List<Violation> wrong, boolean given, String pointer) {
        if (given) {
            wrong.add(new Violation(pointer, "does not go with flavour none"));
        }
    }

    /** Allowed pCPUs by vCPU; the form of the keys has been looked at. */
    static SortedMap<Integer, List<Integer>> pins(@Nullable SortedMap<String, List<Integer>> pin) {
        SortedMap<Integer, List<Integer>> pins = new TreeMap<>();
        if (pin != null) {
            pin.forEach((vcpu, cpus) -> pins.put(Integer.valueOf(vcpu), cpus));
        }
        return pins;
    }

    /** Lines passed through. */
    static List<Action.PassThrough> lines(@Nullable List<PassthroughLine> lines) {
        return orElse(lines, List.<PassthroughLine>of()).stream()
                .map(line -> new Action.PassThrough(
                        line.intid().intid(),
                        Optional.ofNullable(line.trigger()),
                        orElse(line.vcpu(), 0)))
                .toList();
    }

    static <T> T orElse(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}

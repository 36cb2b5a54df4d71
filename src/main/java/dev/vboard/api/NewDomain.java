package dev.vboard.api;

import static dev.vboard.api.BoardOptions.orElse;

import dev.vboard.api.body.DomainCreate;
import dev.vboard.api.body.Violation;
import dev.vboard.api.body.XlConfig;
import dev.vboard.model.Action;
import dev.vboard.model.report.AfterShutdown;
import dev.vboard.model.report.DomainReport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A domain to be made, in the contract's words and in those of an xl configuration. */
final class NewDomain {
    /** Where Xen's guests have their RAM. */
    private static final long GUEST_RAM = 0x4000_0000L;

    private static final int DEFAULT_MIB = 256;

    private final DomainCreate body;
    private final XlConfig xl;
    private final List<Violation> wrong = new ArrayList<>();

    private NewDomain(DomainCreate body) {
        this.body = body;
        xl = orElse(body.config(), XlConfig.NONE);
    }

    /** What the model is to do; a problem names every key that contradicts another. */
    static Action.CreateDomain of(DomainCreate body) {
        return new NewDomain(body).action();
    }

    private Action.CreateDomain action() {
        String name = one("name", body.name(), xl.name());
        int online = orElse(one("vcpus", body.vcpus(), xl.vcpus()), 1);
        int memory = orElse(one("memory", body.memoryMiB(), xl.memory()), DEFAULT_MIB);
        int vcpus = orElse(xl.maxvcpus(), online);
        List<AfterShutdown> afterwards = afterShutdown();
        List<Integer> cpus = cpus("cpus", xl.cpus());
        List<Integer> preferred = cpus("cpus_soft", xl.cpusSoft());
        judge(online, memory, vcpus, cpus);
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong, List.of());
        }
        return new Action.CreateDomain(
                Optional.ofNullable(name),
                vcpus,
                memory,
                BoardOptions.pins(body.pin()),
                orElse(body.devices(), List.of()),
                BoardOptions.lines(body.interrupts()),
                orElse(body.guest(), DomainReport.Guest.MANUAL),
                orElse(body.roles(), List.of()),
                orElse(body.paused(), false),
                body.entryPoint() == null ? GUEST_RAM : body.entryPoint().value(),
                orElse(body.bits(), 64),
                afterwards,
                new Action.XlOptions(
                        online,
                        cpus,
                        preferred,
                        Optional.ofNullable(xl.uuid()),
                        orElse(xl.cmdline(), orElse(xl.extra(), ""))));
    }

    /** What xl itself would not take. */
    private void judge(int online, int memory, int vcpus, List<Integer> cpus) {
        if (vcpus < online) {
            wrong.add(new Violation("/config/maxvcpus", "xl: maxvcpus < vcpus"));
        }
        if (xl.maxmem() != null && xl.maxmem() < memory) {
            wrong.add(new Violation("/config/maxmem", "xl: maxmem < memory"));
        }
        if (!cpus.isEmpty() && body.pin() != null) {
            wrong.add(new Violation("/config/cpus", "pin says it, too"));
        }
        if (!isPrintable(orElse(xl.cmdline(), orElse(xl.extra(), "")))) {
            String key = xl.cmdline() == null ? "extra" : "cmdline";
            wrong.add(new Violation("/config/" + key, "is not printable ASCII"));
        }
        boolean passes = body.devices() != null && !body.devices().isEmpty();
        if (passes && "disabled".equals(xl.passthrough())) {
            wrong.add(new Violation(
                    "/config/passthrough", "passthrough disabled but devices are specified"));
        }
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private List<AfterShutdown> afterShutdown() {
        return List.of(
                after("on_poweroff", body.onPoweroff(), xl.onPoweroff()),
                after("on_reboot", body.onReboot(), xl.onReboot()),
                AfterShutdown.PRESERVE,
                after("on_crash", body.onCrash(), xl.onCrash()),
                after("on_watchdog", body.onWatchdog(), xl.onWatchdog()),
                after("on_soft_reset", body.onSoftReset(), xl.onSoftReset()));
    }

    private AfterShutdown after(
            String key, @Nullable AfterShutdown own, @Nullable AfterShutdown xls) {
        return orElse(one(key, own, xls), AfterShutdown.PRESERVE);
    }

    private <T> @Nullable T one(String key, @Nullable T own, @Nullable T xls) {
        if (own != null && xls != null) {
            wrong.add(new Violation("/config/" + key, "is given twice"));
        }
        return own == null ? xls : own;
    }

    /** CPUs as xl lists them, {@code 0-3,^2}; empty for all. */
    private List<Integer> cpus(String key, @Nullable String text) {
        TreeSet<Integer> cpus = new TreeSet<>();
        if (text == null || text.equals("all")) {
            return List.of();
        }
        for (String part : text.split(",")) {
            boolean without = part.startsWith("^");
            String[] ends = (without ? part.substring(1) : part).split("-");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int cpu = first; cpu <= last; cpu++) {
                boolean unused = without ? cpus.remove(cpu) : cpus.add(cpu);
            }
        }
        if (cpus.isEmpty()) {
            wrong.add(new Violation("/config/" + key, "names no CPU"));
        }
        return List.copyOf(cpus);
    }
}

package dev.vboard.model;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.BoardProfile.MemoryRange;
import dev.vboard.model.report.DomainReport;
import dev.vboard.model.xen.Domain;
import dev.vboard.model.xen.Flavour;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Pcpu;
import dev.vboard.model.xen.Vcpu;

import java.util.List;
import java.util.Locale;

/** What {@code xl} prints about a board, in its own columns (farm.md 11). */
final class XlReports {
    /** The commands there are, by name. */
    static final List<String> ALL = List.of("list", "vcpu-list", "info", "dmesg", "log");

    private static final double NANOS = 1e9;
    private static final int MIB_SHIFT = 20;
    private static final int KHZ = 1000;

    private final Hardware hardware;
    private final Hypervisor xen;
    private final DomainReports domains;

    XlReports(Hardware hardware, Hypervisor xen, DomainReports domains) {
        this.hardware = hardware;
        this.xen = xen;
        this.domains = domains;
    }

    /**
     * What a command prints; {@code dmesg} is Xen's ring and {@code log} that of xl's daemons,
     * which the board itself does not keep, so nothing here.
     */
    String text(Board board, String command) {
        return switch (command) {
            case "list" -> list(board);
            case "vcpu-list" -> vcpuList(board);
            case "info" -> info(board);
            default -> "";
        };
    }

    private String list(Board board) {
        StringBuilder out = new StringBuilder(
                "Name                                        ID   Mem VCPUs\tState\tTime(s)\n");
        for (Domain domain : xen.domains().byId(board)) {
            DomainReport report = domains.report(board, domain);
            int online = 0;
            long time = 0;
            for (Vcpu vcpu : domain.vcpus()) {
                online += vcpu.down(board) ? 0 : 1;
                time += xen.guests().ranNanos(board, vcpu);
            }
            out.append(String.format(
                    Locale.ROOT,
                    "%-40s %5d %5d %5d     %s  %8.1f\n",
                    report.name(),
                    report.id(),
                    report.memoryMiB(),
                    online,
                    report.xlState(),
                    time / NANOS));
        }
        return out.toString();
    }

    private String vcpuList(Board board) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%-32s %5s %5s %5s %5s %9s %s\n",
                "Name",
                "ID",
                "VCPU",
                "CPU",
                "State",
                "Time(s)",
                "Affinity (Hard / Soft)"));
        for (Domain domain : xen.domains().byId(board)) {
            for (Vcpu vcpu : domain.vcpus()) {
                row(out, board, domain, vcpu);
            }
        }
        return out.toString();
    }

    private void row(StringBuilder out, Board board, Domain domain, Vcpu vcpu) {
        out.append(String.format(
                Locale.ROOT, "%-32s %5d %5d", domain.name(board), domain.id(board), vcpu.id()));
        if (vcpu.down(board)) {
            out.append(String.format(Locale.ROOT, "%5c %3c%cp ", '-', '-', '-'));
        } else {
            out.append(String.format(
                    Locale.ROOT,
                    "%5d %3c%c- ",
                    Math.max(vcpu.assigned(board), 0),
                    xen.guests().running(board, vcpu) ? 'r' : '-',
                    vcpu.blocked(board) ? 'b' : '-'));
        }
        out.append(String.format(
                Locale.ROOT,
                "%9.1f  %s / %s\n",
                xen.guests().ranNanos(board, vcpu) / NANOS,
                bitmap(vcpu.affinity(board)),
                bitmap(domain.extras(board).preferred())));
    }

    /** CPUs in ranges, as xl prints them. */
    private String bitmap(int mask) {
        int cpus = hardware.cpus.size();
        int all = cpus == Integer.SIZE ? -1 : (1 << cpus) - 1;
        if ((mask & all) == all) {
            return "all";
        }
        StringBuilder ranges = new StringBuilder();
        for (int cpu = 0; cpu < cpus; cpu++) {
            int first = cpu;
            while (cpu < cpus && (mask >>> cpu & 1) != 0) {
                cpu++;
            }
            if (cpu > first) {
                ranges.append(ranges.isEmpty() ? "" : ",").append(first);
                ranges.append(cpu - 1 > first ? "-" + (cpu - 1) : "");
            }
        }
        return ranges.isEmpty() ? "none" : ranges.toString();
    }

    private String info(Board board) {
        StringBuilder out = new StringBuilder();
        int online = 0;
        for (Pcpu pcpu : xen.pcpus()) {
            online += pcpu.state(board) == Pcpu.State.ONLINE ? 1 : 0;
        }
        line(out, "release", "6.12.0");
        line(out, "version", "#1 SMP PREEMPT");
        line(out, "machine", "aarch64");
        line(out, "nr_cpus", Integer.toString(online));
        line(out, "max_cpu_id", Integer.toString(hardware.cpus.size() - 1));
        line(out, "nr_nodes", "1");
        line(out, "cores_per_socket", "1");
        line(out, "threads_per_core", "1");
        long khz = hardware.profile.counterHz() / KHZ;
        line(out, "cpu_mhz", String.format(Locale.ROOT, "%d.%03d", khz / KHZ, khz % KHZ));
        line(out, "hw_caps", "00000000" + ":00000000".repeat(7));
        line(out, "virt_caps", "hvm hap");
        memory(out, board);
        line(out, "free_cpus", "0");
        version(out, board);
        return out.toString();
    }

    private void memory(StringBuilder out, Board board) {
        long total = 0;
        for (MemoryRange range : hardware.profile.memory()) {
            total += range.sizeBytes() >>> MIB_SHIFT;
        }
        long given = 0;
        for (Domain domain : xen.domains().live(board)) {
            given += domain.memoryMiB(board);
        }
        line(out, "total_memory", Long.toString(total));
        line(out, "free_memory", Long.toString(Math.max(total - given, 0)));
        line(out, "sharing_freed_memory", "0");
        line(out, "sharing_used_memory", "0");
        line(out, "outstanding_claims", "0");
    }

    private void version(StringBuilder out, Board board) {
        boolean old = xen.flavour(board) == Flavour.RFC2018;
        String minor = old ? "12" : "22";
        line(out, "xen_major", "4");
        line(out, "xen_minor", minor);
        line(out, "xen_extra", "-unstable");
        line(out, "xen_version", "4." + minor + "-unstable");
        line(out, "xen_caps", "xen-3.0-aarch64 xen-3.0-armv7l");
        line(out, "xen_scheduler", "credit2");
        line(out, "xen_pagesize", "4096");
        line(out, "platform_params", "virt_start=0x200000");
        line(out, "xen_changeset", xen.flavour(board).wire());
        line(out, "xen_commandline", "");
        line(out, "cc_compiler", "");
        line(out, "cc_compile_by", "");
        line(out, "cc_compile_domain", "");
        line(out, "cc_compile_date", "");
        line(out, "build_id", "");
        line(out, "xend_config_format", "4");
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "%-23s: %s\n", name, value));
    }
}

package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Register;
import dev.vboard.model.core.RegisterWatch;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.cpu.Cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * The registers whose loss is looked after, power domain by power domain: what holds state that
 * software sets up. Copies that each CPU has of its own are apart.
 */
final class TrackedRegisters {
    /** The GIC's registers that hold state; each with the twin that writes it as well. */
    private static final List<Kept> OF_GIC = List.of(
            new Kept("GICD_CTLR", "", 0),
            new Kept("GICD_IGROUPR", "", 1),
            new Kept("GICD_ISENABLER", "GICD_ICENABLER", 1),
            new Kept("GICD_ISACTIVER", "GICD_ICACTIVER", 1),
            new Kept("GICD_IPRIORITYR", "", 8),
            new Kept("GICD_ITARGETSR", "", 8),
            new Kept("GICD_ICFGR", "", 2),
            new Kept("GICD_IROUTER", "", 0),
            new Kept("GICR_IGROUPR0", "", 1),
            new Kept("GICR_ISENABLER0", "GICR_ICENABLER0", 1),
            new Kept("GICR_ISACTIVER0", "GICR_ICACTIVER0", 1),
            new Kept("GICR_IPRIORITYR", "", 8),
            new Kept("GICR_ICFGR1", "", 1),
            new Kept("GICC_CTLR", "", 1),
            new Kept("GICC_PMR", "", 1),
            new Kept("GICC_BPR", "", 1));

    /** Set up by software for a CPU's interface of GICv3, which dies with the core. */
    private static final List<String> OF_INTERFACE = List.of(
            "ICC_PMR_EL1",
            "ICC_BPR0_EL1",
            "ICC_BPR1_EL1",
            "ICC_CTLR_EL1",
            "ICC_IGRPEN0_EL1",
            "ICC_IGRPEN1_EL1",
            "ICC_SRE_EL1",
            "ICC_SRE_EL2");

    /** What an exception leaves behind and the next one overwrites. */
    private static final List<String> SYNDROMES = List.of(
            "SPSR_EL1",
            "ELR_EL1",
            "ESR_EL1",
            "FAR_EL1",
            "PAR_EL1",
            "AFSR0_EL1",
            "AFSR1_EL1",
            "SPSR_EL2",
            "ELR_EL2",
            "ESR_EL2",
            "FAR_EL2",
            "HPFAR_EL2");

    /** EL2 registers that belong to the vCPU on a CPU; Xen loads them at each switch. */
    private static final List<String> OF_VCPU =
            List.of("CNTVOFF_EL2", "HCR_EL2", "VTTBR_EL2", "VPIDR_EL2", "VMPIDR_EL2", "CPTR_EL2");

    private static final int SPIS_FROM = 32;
    private static final int MOST_INTIDS = 1020;

    private final Hardware hardware;
    private final RegisterWatch watch;
    private final List<Tracked> all = new ArrayList<>();
    private final List<Integer> firstOfDomain = new ArrayList<>();

    /** A GIC register that holds state; how many of its first words each CPU has a copy of. */
    private record Kept(String name, String twin, int banked) {}

    /** Reads a register unnoticed. */
    @FunctionalInterface
    interface Look {
        long at(Board board);
    }

    /**
     * A register, or four byte registers that make a word.
     *
     * @param name as reports name it
     * @param cpu the CPU whose copy it is, or -1
     * @param ofGuest whether with a Xen it belongs to the vCPU that runs there
     * @param look reads it
     */
    record Tracked(String name, int cpu, boolean ofGuest, Look look) {}

    TrackedRegisters(Hardware hardware, RegisterWatch watch) {
        this.hardware = hardware;
        this.watch = watch;
        for (int domain = 0; domain < hardware.domains.count(); domain++) {
            firstOfDomain.add(all.size());
            if (domain == hardware.gicContents()) {
                OF_GIC.forEach(this::addGic);
                hardware.gic.registers().forEach(bank -> bank.watch(watch));
            }
            for (int i = 0; i < hardware.devices.size(); i++) {
                if (hardware.contentsOf(i) == domain && domain != Layout.ALWAYS_ON) {
                    addDevice(hardware.devices.get(i));
                }
            }
            for (Cpu cpu : hardware.cpus) {
                if (cpu.powerDomain() == domain) {
                    addCpu(cpu.id());
                }
            }
        }
        firstOfDomain.add(all.size());
    }

    int count() {
        return all.size();
    }

    Tracked get(int place) {
        return all.get(place);
    }

    /** Whether anything in a domain is looked after. */
    boolean any(int domain) {
        return first(domain) < first(domain + 1);
    }

    /** The power domain of a register. */
    int domainOf(int place) {
        int domain = 0;
        while (first(domain + 1) <= place) {
            domain++;
        }
        return domain;
    }

    /** The first place of a domain's registers; that of the next domain ends them. */
    int first(int domain) {
        return firstOfDomain.get(domain);
    }

    private void addGic(Kept kept) {
        for (Registers bank : hardware.gic.registers()) {
            for (Register register : bank.all()) {
                if (register.name().equals(kept.name)) {
                    int place = all.size();
                    addWords(register, words(register), kept.banked, "");
                    trackGic(register, place, kept);
                    trackTwin(kept, place, words(register));
                }
            }
        }
    }

    private void trackGic(Register register, int place, Kept kept) {
        register.track(place, words(register), kept.banked, hardware.cpus.size());
    }

    private void trackTwin(Kept kept, int place, int words) {
        for (Registers bank : hardware.gic.registers()) {
            for (Register twin : bank.all()) {
                if (twin.name().equals(kept.twin)) {
                    twin.track(place, words, kept.banked, hardware.cpus.size());
                }
            }
        }
    }

    /** How many words of an array there is an interrupt for. */
    private int words(Register register) {
        int intids = hardware.profile.gic().intids();
        return switch (register.name()) {
            case "GICD_IGROUPR", "GICD_ISENABLER", "GICD_ISACTIVER" -> intids / 32;
            case "GICD_IPRIORITYR", "GICD_ITARGETSR" -> intids / 4;
            case "GICD_ICFGR" -> intids / 16;
            case "GICD_IROUTER" -> Math.min(intids, MOST_INTIDS);
            case "GICR_IPRIORITYR" -> SPIS_FROM / 4;
            default -> 1;
        };
    }

    private void addDevice(Device device) {
        for (Registers bank : device.registers()) {
            boolean any = false;
            for (Register register : bank.all()) {
                if (register.isKept() && !register.hasSideEffects()) {
                    int units = register.unit() == 1 ? register.count() / 4 : register.count();
                    register.track(all.size(), units, 0, hardware.cpus.size());
                    addWords(register, units, 0, device.name() + ".");
                    any = true;
                }
            }
            if (any) {
                bank.watch(watch);
            }
        }
    }

    private void addWords(Register register, int words, int banked, String prefix) {
        for (int cpu = 0; banked > 0 && cpu < hardware.cpus.size(); cpu++) {
            for (int word = 0; word < banked; word++) {
                add(register, word, cpu, prefix);
            }
        }
        for (int word = banked; word < words; word++) {
            add(register, word, -1, prefix);
        }
    }

    private void add(Register register, int word, int cpu, String prefix) {
        Access by = Access.el2(Math.max(cpu, 0));
        boolean bytes = register.unit() == 1;
        String name = bytes ? register.name() + word : register.name(word);
        Look look = bytes
                ? board -> register.readWord(board, by, 4 * word)
                : board -> register.read(board, by, word);
        all.add(new Tracked(prefix + name, cpu, false, look));
    }

    private void addCpu(int cpu) {
        Access by = Access.el2(cpu);
        for (SystemRegister register : hardware.registers.all()) {
            if (isKept(register)) {
                boolean ofInterface = OF_INTERFACE.contains(register.name());
                boolean ofGuest = !ofInterface
                        && !register.name().equals("CNTFRQ_EL0")
                        && (register.minimumLevel() < 2 || OF_VCPU.contains(register.name()));
                register.track(watch, all.size());
                all.add(new Tracked(
                        register.name(), cpu, ofGuest, board -> register.look(board, by)));
            }
        }
    }

    private static boolean isKept(SystemRegister register) {
        String name = register.name();
        boolean stored = register.readable()
                && register.writable()
                && register.minimumLevel() <= 2
                && !SYNDROMES.contains(name);
        boolean ofGic = name.startsWith("ICC_") || name.startsWith("ICH_");
        boolean view = name.contains("_TVAL_") || name.equals("DAIF");
        return stored && !view && (!ofGic || OF_INTERFACE.contains(name));
    }
}

package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;
import dev.vboard.model.profile.GicSpec;

import java.util.List;
import java.util.function.Predicate;

/** A GICv2 (IHI 0048B): distributor, CPU interfaces, virtual interfaces, all on the bus. */
public final class GicV2 extends Gic {
    private static final int PAGE = 0x1000;
    private static final long WIDE_PAGE = 0x10000;
    private static final int SGIR = 0xF00;

    private final Variant variant;
    private final Distributor distributor;
    private final CpuInterface cpuInterface;
    private final VirtualInterface virtualInterface;
    private final VirtualCpuInterface virtualCpuInterface;
    private final FirmwareV2 firmware;
    private final List<Registers> registers;

    /**
     * Declares the GIC's state and puts its registers on the bus.
     *
     * @param layout a cursor in the GIC's power domain, or a surviving one when suspend does not
     *     cost the GIC its state
     * @param powered whether the GIC has power
     */
    public GicV2(
            Layout layout,
            GicSpec spec,
            Clock clock,
            Lines lines,
            Bus bus,
            Predicate<Board> powered) {
        Variant variant = Variant.of(spec);
        Distributor distributor = new Distributor(layout, lines, variant, powered);
        super(distributor.interrupts);
        this.variant = variant;
        this.distributor = distributor;
        cpuInterface = new CpuInterface(layout, distributor, variant, clock);
        virtualInterface = new VirtualInterface(layout, interrupts, lines, spec.listRegisters());
        virtualCpuInterface = new VirtualCpuInterface(virtualInterface, variant);
        firmware = new FirmwareV2(distributor, cpuInterface, variant.twoStates());
        registers = List.of(
                distributor.registers(),
                cpuInterface.registers(),
                virtualInterface.registers(),
                virtualCpuInterface.registers());
        map(bus, spec);
    }

    private void map(Bus bus, GicSpec spec) {
        bus.map("gicd", spec.gicd(), PAGE, distributor.registers());
        spec.gicc().ifPresent(at -> mapPages(bus, "gicc", at, cpuInterface.registers(), spec));
        spec.gich().ifPresent(at -> bus.map("gich", at, PAGE, virtualInterface.registers()));
        spec.gicv()
                .ifPresent(at -> mapPages(bus, "gicv", at, virtualCpuInterface.registers(), spec));
    }

    /** GICC and GICV: two neighbouring pages, or each repeated over 64 KiB. */
    private static void mapPages(Bus bus, String name, long at, Registers bank, GicSpec spec) {
        if (spec.wideAliases()) {
            bus.map(name, at, WIDE_PAGE, new Page(bank, 0));
            bus.map(name + "-dir", at + WIDE_PAGE, WIDE_PAGE, new Page(bank, PAGE));
        } else {
            bus.map(name, at, 2 * PAGE, bank);
        }
    }

    /**
     * One page of a bank, repeated.
     *
     * @param first offset of the page in the bank
     */
    private record Page(Registers bank, long first) implements Bus.Target {
        @Override
        public long read(Board board, Access by, long offset, int size) {
            return bank.read(board, by, first + offset % PAGE, size);
        }

        @Override
        public void write(Board board, Access by, long offset, int size, long value) {
            bank.write(board, by, first + offset % PAGE, size, value);
        }
    }

    @Override
    public String type() {
        return "GICv2";
    }

    @Override
    public List<Registers> registers() {
        return registers;
    }

    /** The distributor. */
    Distributor distributor() {
        return distributor;
    }

    /** The CPU interfaces. */
    CpuInterface cpuInterface() {
        return cpuInterface;
    }

    /** The virtual interface control blocks. */
    VirtualInterface virtualInterface() {
        return virtualInterface;
    }

    /** The virtual CPU interfaces. */
    VirtualCpuInterface virtualCpuInterface() {
        return virtualCpuInterface;
    }

    /** The maintenance lines fall with the interface's power. */
    @Override
    public void poweredOn(Board board) {
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            virtualInterface.update(board, cpu);
        }
    }

    @Override
    public boolean signals(Board board, int cpu) {
        int candidate = cpuInterface.signalled(board, cpu);
        return candidate != Candidate.NONE && isNonSecure(board, candidate);
    }

    @Override
    public boolean signalsVirtual(Board board, int cpu) {
        return virtualCpuInterface.signalled(board, cpu) >= 0;
    }

    @Override
    public int highestPending(Board board, int cpu) {
        int candidate = cpuInterface.unmasked(board, cpu);
        return candidate != Candidate.NONE && isNonSecure(board, candidate)
                ? intids.intid(Candidate.indexOf(candidate))
                : Intids.SPURIOUS;
    }

    private boolean isNonSecure(Board board, int candidate) {
        return !variant.twoStates() || distributor.group1(board, Candidate.indexOf(candidate));
    }

    @Override
    public void secureInit(Board board) {
        firmware.secureInit(board);
    }

    @Override
    public void cpuInit(Board board, int cpu) {
        firmware.cpuInit(board, cpu);
    }

    @Override
    public void cpuInterfaceUp(Board board, int cpu) {
        firmware.cpuInterfaceUp(board, cpu);
    }

    @Override
    public void cpuInterfaceDown(Board board, int cpu) {
        firmware.cpuInterfaceDown(board, cpu);
    }

    @Override
    public void sendSgi(Board board, Access by, int intid, int targets) {
        long value = (targets << 16 | intid) & 0xFFFF_FFFFL;
        distributor.registers().write(board, by, SGIR, Integer.BYTES, value);
    }

    @Override
    public int acknowledge(Board board, Access by) {
        return cpuInterface.acknowledge(board, by);
    }

    @Override
    public void endOfInterrupt(Board board, Access by, int acknowledged) {
        cpuInterface.end(board, by, acknowledged);
    }

    @Override
    public int enabledGroups(Board board) {
        return distributor.enabledGroups(board);
    }

    @Override
    public boolean interfaceOn(Board board, int cpu) {
        int enables = CpuInterface.ENABLE_GROUP_1;
        if (!variant.twoStates()) {
            enables |= CpuInterface.ENABLE_GROUP_0;
        }
        return (cpuInterface.controlOf(board, cpu) & enables) != 0;
    }

    @Override
    public int pmr(Board board, int cpu) {
        return cpuInterface.maskSeen(board, Access.el2(cpu));
    }

    @Override
    public int runningPriority(Board board, int cpu) {
        return cpuInterface.runningSeen(board, Access.el2(cpu));
    }

    @Override
    public int priority(Board board, int index) {
        int stored = distributor.priority(board, index);
        if (!variant.twoStates()) {
            return stored;
        }
        return distributor.group1(board, index) ? Priorities.toNonSecure(stored) : 0;
    }

    @Override
    public int targets(Board board, int index) {
        return distributor.targets(board, index);
    }

    @Override
    public int group(Board board, int index) {
        return distributor.group1(board, index) ? 1 : 0;
    }
}

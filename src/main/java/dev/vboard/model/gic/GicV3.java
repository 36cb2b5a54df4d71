package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.GicSpec;

import java.util.List;
import java.util.function.Predicate;

/**
 * A GICv3 (IHI 0069): distributor and redistributors on the bus, CPU interfaces and virtual
 * interfaces as system registers of the CPUs, and what EL3 does to them. Affinity routing and
 * system registers are always on; LPIs, the ITS, message-signalled extended ranges and the legacy
 * interface are absent.
 */
public final class GicV3 extends Gic {
    private static final long DISTRIBUTOR_SIZE = 0x1_0000;

    private final DistributorV3 distributor;
    private final Registers gicd;
    private final RedistributorRegisters gicr;
    private final SystemInterface cpus;
    private final InterfaceRegisters icc;
    private final HypervisorInterface hypervisor;
    private final GuestInterface guest;
    private final SgiRegisters sgis;
    private final FirmwareV3 firmware;

    /**
     * Declares the GIC's state, puts its registers on the bus and among those of the CPUs.
     *
     * @param layout a cursor in the GIC's power domain, or a surviving one when suspend does not
     *     cost the GIC its state
     * @param cores a cursor for each CPU, in the power domain of its core
     * @param cpus the CPUs, for their affinities
     * @param registers those of the CPUs, HCR_EL2 among them
     * @param powered whether the GIC has power
     */
    public GicV3(
            Layout layout,
            List<Layout> cores,
            GicSpec spec,
            List<CpuSpec> cpus,
            Clock clock,
            Lines lines,
            Bus bus,
            SystemRegisters registers,
            Predicate<Board> powered) {
        Affinities affinities = new Affinities(cpus);
        boolean twoStates = spec.securityStates() == 2;
        DistributorV3 distributor =
                new DistributorV3(layout, lines, affinities, twoStates, powered);
        super(distributor.interrupts);
        this.distributor = distributor;
        Priorities priorities = new Priorities(spec.priorityBits());
        boolean levelThree = affinities.levelThree();
        gicd = new DistributorV3Registers(distributor, priorities, levelThree).declare();
        gicr = new RedistributorRegisters(distributor, affinities, priorities);
        this.cpus = new SystemInterface(cores, distributor, priorities, clock);
        hypervisor = new HypervisorInterface(cores, interrupts, lines, spec.listRegisters());
        guest = new GuestInterface(hypervisor);
        sgis = new SgiRegisters(distributor, affinities);
        firmware = new FirmwareV3(distributor, this.cpus, gicd, gicr);
        icc = new InterfaceRegisters(this.cpus, hypervisor, guest, sgis, levelThree, registers);
        icc.declare(registers);
        new VirtualRegisters(hypervisor).declare(registers);
        InterfaceRegister.declareAbsent(registers);
        bus.map("gicd", spec.gicd(), DISTRIBUTOR_SIZE, gicd);
        long size = RedistributorRegisters.STRIDE * intids.cpus();
        bus.map("gicr", spec.gicr().orElseThrow(), size, gicr);
    }

    @Override
    public String type() {
        return "GICv3";
    }

    /** The distributor, and the two frames of a redistributor as CPU 0 sees its own. */
    @Override
    public List<Registers> registers() {
        return List.of(gicd, gicr.control(), gicr.privates());
    }

    /** The CPU interfaces. */
    SystemInterface systemInterface() {
        return cpus;
    }

    /** The maintenance lines fall with the interface's power. */
    @Override
    public void poweredOn(Board board) {
        for (int cpu = 0; cpu < intids.cpus(); cpu++) {
            hypervisor.update(board, cpu);
        }
    }

    @Override
    public void coreLost(Board board, int cpu) {
        hypervisor.update(board, cpu);
    }

    @Override
    public boolean signals(Board board, int cpu) {
        int candidate = cpus.signalled(board, cpu);
        return candidate != Candidate.NONE && isNonSecure(board, candidate);
    }

    /** What the redistributor of a sleeping CPU asks does not depend on the security state. */
    @Override
    public boolean wakes(Board board, int cpu) {
        return distributor.asksToWake(board, cpu) || signals(board, cpu);
    }

    @Override
    public boolean signalsVirtual(Board board, int cpu) {
        return guest.signalled(board, cpu) >= 0;
    }

    @Override
    public int highestPending(Board board, int cpu) {
        int candidate = cpus.unmasked(board, cpu);
        return candidate != Candidate.NONE && isNonSecure(board, candidate)
                ? intids.intid(Candidate.indexOf(candidate))
                : Intids.SPURIOUS;
    }

    private boolean isNonSecure(Board board, int candidate) {
        return distributor.single(board)
                || distributor.group(board, Candidate.indexOf(candidate)) == Groups.NON_SECURE_1;
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
    public void cpuSleeps(Board board, int cpu) {
        firmware.cpuInterfaceDown(board, cpu);
    }

    /** Each target has the SGI in the group it put it in; the register of that group sends it. */
    @Override
    public void sendSgi(Board board, Access by, int intid, int targets) {
        for (int rest = targets; rest != 0; rest &= rest - 1) {
            int target = Integer.numberOfTrailingZeros(rest);
            boolean zero = distributor.single(board)
                    && !interrupts.group.get(board, intids.index(target, intid));
            int group = zero ? Groups.GROUP_0 : cpus.group1(board, by);
            sgis.generate(board, by, sgis.valueFor(intid, target), group);
        }
    }

    /** By the register of Group 1, and by that of Group 0 where the access has it and it is due. */
    @Override
    public int acknowledge(Board board, Access by) {
        int intid = icc.acknowledge(board, by, false);
        return intid == Intids.SPURIOUS && !distributor.nonSecure(board, by)
                ? icc.acknowledge(board, by, true)
                : intid;
    }

    /** By the register of the group with the highest active priority; SGIs have no source. */
    @Override
    public void endOfInterrupt(Board board, Access by, int acknowledged) {
        boolean zero = !distributor.nonSecure(board, by)
                && cpus.highestActive(board, by.cpu()) == Groups.GROUP_0;
        icc.end(board, by, zero, acknowledged & Intids.SPURIOUS);
    }

    @Override
    public int enabledGroups(Board board) {
        int enables = distributor.control.getInt(board);
        return enables & (Groups.bit(Groups.GROUP_0) | Groups.bit(Groups.NON_SECURE_1));
    }

    @Override
    public boolean interfaceOn(Board board, int cpu) {
        return cpus.enabled(board, cpu, Groups.NON_SECURE_1)
                || distributor.single(board) && cpus.enabled(board, cpu, Groups.GROUP_0);
    }

    @Override
    public int pmr(Board board, int cpu) {
        return cpus.maskSeen(board, Access.el2(cpu));
    }

    @Override
    public int runningPriority(Board board, int cpu) {
        return cpus.runningSeen(board, Access.el2(cpu));
    }

    @Override
    public int priority(Board board, int index) {
        int stored = interrupts.priority.get(board, index);
        if (distributor.single(board)) {
            return stored;
        }
        return interrupts.group.get(board, index) ? Priorities.toNonSecure(stored) : 0;
    }

    @Override
    public int targets(Board board, int index) {
        return distributor.targets(board, index);
    }

    @Override
    public int group(Board board, int index) {
        return distributor.group(board, index) == Groups.GROUP_0 ? 0 : 1;
    }
}

package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.GuestSoftware;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Shape;
import dev.vboard.model.core.Software;
import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.report.HostReport.SystemState;

import java.util.ArrayList;
import java.util.List;

/**
 * Xen: the software at EL2 of a board that has a hypervisor. It reaches hardware through its
 * {@link Platform} only; its state is the segment of slot 1 and one segment for each domain.
 */
public final class Hypervisor implements Software {
    /** The event-channel upcall's interrupt. */
    static final int UPCALL_PPI = 31;

    private static final int SPURIOUS_FROM = 1020;
    private static final int FIRST_SPI = 32;
    private static final int HYPERVISOR_TIMER_PPI = 26;

    final Platform platform;
    final List<Pcpu> pcpus;
    final HostGic gic;
    final Domains domains;
    final Scheduler scheduler;
    final SoftTimers timers;
    final VTimer vtimer;
    final PhysicalTimer physicalTimer;
    final VGic vgic;
    final HostIrqs irqs;
    final PassthroughDevices devices;
    final HostIommu iommu;
    final Watchdogs watchdogs;
    final Shutdown shutdown;
    final MachineEnd machineEnd;
    final GuestSuspend guestSuspend;
    final VPsci vpsci;
    final Dom0First dom0First;
    final CommonFeatures features;
    final CpuHotplug hotplug;
    final HostGate hostGate;
    final HostSuspend hostSuspend;
    final XenConsole console;
    final Hazards hazards;
    final Invariants invariants;
    final InitText initText;
    final PpiHandlers handlers;
    final Checks checks;

    private final GuestSoftware.Loader software;
    private final Actors actors;
    private final Obstacles obstacles = new Obstacles(this);
    private final Guests guests;
    private final Toolstack toolstack;
    private final XenBoot boot;
    private final Choice<SystemState> systemState;
    private final Choice<Flavour> flavour;
    private final Flag hmpUnsafe;
    private final Flag crashed;
    private final Shape shape;

    /**
     * Declares Xen's state and binds it to the hardware.
     *
     * @param software what runs in the domains that nobody drives from outside
     */
    public Hypervisor(Platform platform, GuestSoftware.Loader software) {
        this(platform, software, false);
    }

    /**
     * The same, with the checks left out if wanted.
     *
     * @param unchecked whether no invariant is looked at; each then counts as held
     */
    public Hypervisor(Platform platform, GuestSoftware.Loader software, boolean unchecked) {
        this.platform = platform;
        this.software = software;
        Layout layout = Layout.segment("xen", Board.XEN);
        systemState = layout.choice("system-state", SystemState.class);
        flavour = layout.choice("flavour", Flavour.class);
        hazards = new Hazards(this, layout);
        invariants = new Invariants(this, layout);
        initText = new InitText(this, layout);
        handlers = new PpiHandlers(this);
        checks = new Checks(this, layout, unchecked);
        hmpUnsafe = layout.flag("hmp-unsafe");
        crashed = layout.flag("crashed");
        List<Pcpu> all = new ArrayList<>();
        for (int i = 0; i < platform.cpus(); i++) {
            int id = i;
            all.add(new Pcpu(layout, id, board -> booted(board, id)));
        }
        pcpus = List.copyOf(all);
        gic = HostGic.of(platform, layout);
        domains = new Domains(this, layout, platform.profile().limits().domains());
        console = new XenConsole(this, layout, new ConsoleInput(this, layout));
        timers = new SoftTimers(this, layout);
        vtimer = new VTimer(this);
        physicalTimer = new PhysicalTimer(this);
        vgic = new VGic(this, gic);
        irqs = new HostIrqs(this, gic, layout);
        devices = new PassthroughDevices(this, layout);
        iommu = new HostIommu(this);
        watchdogs = new Watchdogs(this);
        shutdown = new Shutdown(this);
        machineEnd = new MachineEnd(this, layout);
        guestSuspend = new GuestSuspend(this);
        vpsci = new VPsci(this);
        dom0First = new Dom0First(this, layout);
        scheduler = new Scheduler(this, layout);
        features = new CommonFeatures(this, layout);
        hotplug = new CpuHotplug(this, layout);
        hostGate = new HostGate(this, layout);
        hostSuspend = new HostSuspend(this, layout);
        boot = new XenBoot(this, layout);
        guests = new Guests(this);
        toolstack = new Toolstack(this);
        actors = new Actors(this, layout);
        shape = layout.build();
    }

    /** The layout of Xen's own segment. */
    public Shape shape() {
        return shape;
    }

    /** What guests do, instruction by instruction. */
    public Guests guests() {
        return guests;
    }

    /** Those who act without being told: the guests with software, and xl's daemon. */
    public Actors actors() {
        return actors;
    }

    /** What speaks against a suspend, and against a wake-up. */
    public Obstacles obstacles() {
        return obstacles;
    }

    GuestSoftware.Loader software() {
        return software;
    }

    /** What {@code xl} does. */
    public Toolstack toolstack() {
        return toolstack;
    }

    /** The boot of Xen and of Dom0. */
    public XenBoot boot() {
        return boot;
    }

    /** The live domains. */
    public Domains domains() {
        return domains;
    }

    /** What Xen keeps about the physical CPUs. */
    public List<Pcpu> pcpus() {
        return pcpus;
    }

    /** Xen's interrupt routing. */
    public HostIrqs irqs() {
        return irqs;
    }

    /** Who owns which device. */
    public PassthroughDevices devices() {
        return devices;
    }

    /** The suspend of the machine. */
    public HostSuspend hostSuspend() {
        return hostSuspend;
    }

    /** Xen's timers. */
    public SoftTimers timers() {
        return timers;
    }

    /** Xen's system_state. */
    public SystemState systemState(Board board) {
        return systemState.get(board);
    }

    void systemState(Board board, SystemState state) {
        checks.cycle.stateChanges(board, systemState.get(board), state);
        systemState.set(board, state);
    }

    /** Whether it is still on its way up. */
    boolean booting(Board board) {
        return systemState.get(board).ordinal() < SystemState.ACTIVE.ordinal();
    }

    boolean resuming(Board board) {
        return systemState.is(board, SystemState.RESUME);
    }

    boolean active(Board board) {
        return systemState.is(board, SystemState.ACTIVE);
    }

    /** The generation of suspend this Xen has. */
    public Flavour flavour(Board board) {
        return flavour.get(board);
    }

    void flavour(Board board, Flavour value) {
        flavour.set(board, value);
    }

    /** The switches of known bugs. */
    public Hazards hazards() {
        return hazards;
    }

    /** The checks of the invariants. */
    public Checks checks() {
        return checks;
    }

    /** Which invariants hold. */
    public Invariants invariants() {
        return invariants;
    }

    /** Whether a bug that is switched on strikes here; asked where the correct behaviour stands. */
    boolean suffers(Board board, Hazard hazard) {
        return hazards.strikes(board, hazard);
    }

    boolean hmpUnsafe(Board board) {
        return hmpUnsafe.get(board);
    }

    void hmpUnsafe(Board board, boolean on) {
        hmpUnsafe.set(board, on);
    }

    /** Whether Xen has hit a bug or panicked. */
    public boolean crashed(Board board) {
        return crashed.get(board);
    }

    long now(Board board) {
        return platform.clock().now(board);
    }

    void print(Board board, String text) {
        console.print(board, text);
    }

    void panic(Board board, String why) {
        print(board, why);
        crashed.set(board, true);
        EventType.FAULT.emit(board, now(board), why);
    }

    /** Xen hits a bug of its own: not what the specification asks it to do. */
    void bug(Board board, String why) {
        checks.cycle.bug(board);
        panic(board, why);
    }

    /** Whether the machine is about to go off or to reset. */
    boolean ending(Board board) {
        return machineEnd.begun(board);
    }

    /** VTCR_EL2 as decided for all CPUs; 0 before. */
    long vtcr(Board board) {
        return features.vtcr(board);
    }

    private void booted(Board board, int cpu) {
        hotplug.booted(board, pcpus.get(cpu));
    }

    /** Something has happened that a CPU operation, a suspend or the boot may wait for. */
    void advance(Board board) {
        hotplug.poll(board);
        hostSuspend.advance(board);
        boot.advance(board);
    }

    /** Looks whether what Xen waits for has come true; asked after each deadline. */
    public void poll(Board board) {
        if (hotplug.busy(board)) {
            advance(board);
        }
    }

    @Override
    public void start(Board board, int cpu, long entry, long context) {
        if (cpu != 0) {
            hotplug.arrived(board, cpu);
        } else if (hostSuspend.asleep(board)) {
            pcpus.getFirst().state.set(board, Pcpu.State.RESUMING);
            hostSuspend.woken(board);
        } else if (systemState.is(board, SystemState.EARLY_BOOT)) {
            boot.begin(board);
        } else {
            panic(board, "the boot CPU was restarted behind Xen's back");
        }
    }

    @Override
    public boolean interrupt(Board board, int cpu) {
        boolean masked = crashed(board)
                || cpu == 0 && hostSuspend.steps().irqsOff(board)
                || !pcpus.get(cpu).takesInterrupts(board);
        if (masked) {
            return false;
        }
        syncCurrent(board, cpu);
        int last = SPURIOUS_FROM;
        int iar = gic.acknowledge(board, cpu);
        while ((iar & 0x3FF) < SPURIOUS_FROM && iar != last) {
            handle(board, cpu, iar);
            last = iar;
            iar = gic.acknowledge(board, cpu);
        }
        boolean screams = iar == last;
        if (screams) {
            handle(board, cpu, iar);
        }
        flushCurrent(board, cpu);
        return !screams;
    }

    private void handle(Board board, int cpu, int iar) {
        int intid = iar & 0x3FF;
        if (intid >= FIRST_SPI) {
            irqs.handle(board, cpu, iar);
            return;
        }
        gic.drop(board, cpu, iar);
        if (intid == HYPERVISOR_TIMER_PPI) {
            timers.expired(board);
        } else if (intid == VTimer.PPI && !pcpus.get(cpu).idle(board)) {
            Domain domain = domains.inSlot(board, pcpus.get(cpu).currentSlot(board));
            vtimer.fired(board, cpu, domain, domain.vcpus.get(pcpus.get(cpu).currentVcpu(board)));
        }
        gic.deactivate(board, cpu, iar);
    }

    private void syncCurrent(Board board, int cpu) {
        if (!pcpus.get(cpu).idle(board)) {
            Domain domain = domains.inSlot(board, pcpus.get(cpu).currentSlot(board));
            vgic.refresh(board, domain, domain.vcpus.get(pcpus.get(cpu).currentVcpu(board)));
        }
    }

    private void flushCurrent(Board board, int cpu) {
        if (!pcpus.get(cpu).idle(board)) {
            Domain domain = domains.inSlot(board, pcpus.get(cpu).currentSlot(board));
            vgic.flush(board, domain, domain.vcpus.get(pcpus.get(cpu).currentVcpu(board)));
        }
    }

    @Override
    public void exception(Board board, int cpu, long syndrome) {
        guests.exception(board, cpu, syndrome);
    }
}

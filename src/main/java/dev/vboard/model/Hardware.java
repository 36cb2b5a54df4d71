package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Console;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Firmware;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuMasks;
import dev.vboard.model.cpu.CpuSystemRegisters;
import dev.vboard.model.firmware.Psci;
import dev.vboard.model.gic.Gic;
import dev.vboard.model.gic.GicV2;
import dev.vboard.model.gic.GicV3;
import dev.vboard.model.gic.InterfaceRegister;
import dev.vboard.model.power.FullPower;
import dev.vboard.model.power.PowerDomains;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.EemiNode;
import dev.vboard.model.report.BoardState;
import dev.vboard.model.timer.GenericTimer;
import dev.vboard.model.xen.Platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hardware and firmware of one profile, put together. */
final class Hardware implements PowerDomains.Listener, Firmware {
    private static final long SYSTEM_SUSPEND = 0x8400_000EL;
    private static final long SMC64 = 0x4000_0000L;

    final BoardProfile profile;
    final Clock clock;
    final PowerDomains domains;
    final Lines lines;
    final CpuMasks masks;
    final List<Cpu> cpus;
    final SystemRegisters registers;
    final Bus bus;
    final Gic gic;
    final GenericTimer timer;
    final List<Device> devices;
    final WakeController wake;
    final FullPower fullPower;
    final Psci psci;
    final ScheduledFires fires;
    final Faults faults;
    final LostRegisters lost;
    final Flag powered;
    final Flag resetLine;
    final Choice<BoardState> reportedState;
    final Cell seed;
    final Cell suspendCalls;
    final Cell powerLosses;
    private final Flag hasSlept;
    final Cell abortedDma;
    final Cell bypassedDma;
    final Cell faultedDma;
    final Shape shape;

    private final FirmwareFaults firmwareFaults;
    private final SystemRegister cntfrq;
    private final List<Integer> domainOfDevice;
    private final int gicDomain;
    private final List<EemiNode> nodes;

    Hardware(BoardProfile profile) {
        this.profile = profile;
        Layout layout = Layout.segment("hardware", Board.HARDWARE);
        clock = new Clock(layout, profile.counterHz());
        domains = new PowerDomains(layout, profile, clock);
        lines = new Lines(
                layout, new Intids(profile.cpus().size(), profile.gic().intids()));
        masks = new CpuMasks(layout, profile.cpus().size());
        cpus = cpus(layout);
        registers = new SystemRegisters();
        CpuSystemRegisters.declare(registers, cpus);
        bus = new Bus();
        gicDomain = profile.gic().powerDomain().isEmpty()
                ? Layout.ALWAYS_ON
                : domains.index(profile.gic().powerDomain());
        boolean gicLoses = profile.power().gicLostInSuspend();
        Layout gicLayout = layout.in(domains.contents(profile.gic().powerDomain(), gicLoses));
        gic = gic(gicLayout, cpuLayouts(layout));
        timer = new GenericTimer(cpuLayouts(layout), clock, lines, registers);
        cntfrq = registers.get("CNTFRQ_EL0");
        resetLine = layout.flag("reset-line");
        domainOfDevice = domainsOfDevices();
        wake = new WakeController(layout, lines, domains, profile);
        fullPower = new FullPower(layout);
        devices = devices(layout);
        profile.memory().forEach(range -> bus.memory(range.base(), range.sizeBytes()));
        psci = new Psci(layout, profile, clock, cpus, domains, gic, wake, fullPower, bus);
        nodes = profile.firmware().eemi() ? List.of(EemiNode.values()) : List.of();
        Layout eternal = layout.in(Layout.ETERNAL);
        fires = new ScheduledFires(eternal, profile.limits().scheduled());
        faults = new Faults(layout, clock, profile.limits().faults());
        firmwareFaults = new FirmwareFaults(faults, psci, cpus, clock);
        powered = eternal.flag("powered");
        reportedState = StateWatch.cell(eternal);
        seed = eternal.cell("seed", 64);
        suspendCalls = layout.named("el3").cell("system-suspend-calls", 32);
        powerLosses = layout.named("el3").cell("power-losses", 32);
        hasSlept = layout.named("el3").flag("has-slept");
        abortedDma = layout.named("dma").cell("aborted-in-suspend", 32);
        bypassedDma = layout.named("dma").cell("bypassed", 32);
        faultedDma = layout.named("dma").cell("faulted", 32);
        domains.listen(this);
        shape = layout.build();
        Board blank = new Board(slots());
        blank.attach(shape);
        lost = new LostRegisters(slots() - 1, this, blank);
    }

    private Gic gic(Layout layout, List<Layout> cores) {
        if (profile.gic().version() == 2) {
            InterfaceRegister.declareAbsent(registers);
            return new GicV2(layout, profile.gic(), clock, lines, bus, this::gicPowered);
        }
        return new GicV3(
                layout,
                cores,
                profile.gic(),
                profile.cpus(),
                clock,
                lines,
                bus,
                registers,
                this::gicPowered);
    }

    /**
     * How many segments a board has room for: one each for its domains, and the last for losses.
     */
    int slots() {
        return Board.FIRST_DOMAIN + profile.limits().domains() + 1;
    }

    private List<Cpu> cpus(Layout layout) {
        List<Cpu> all = new ArrayList<>();
        for (CpuSpec spec : profile.cpus()) {
            all.add(new Cpu(layout, masks, spec, domains.ofCpu(spec.id())));
        }
        return List.copyOf(all);
    }

    private List<Layout> cpuLayouts(Layout layout) {
        List<Layout> layouts = new ArrayList<>();
        for (Cpu cpu : cpus) {
            layouts.add(layout.named("cpu" + cpu.id()).in(cpu.powerDomain()));
        }
        return layouts;
    }

    private List<Integer> domainsOfDevices() {
        List<Integer> indices = new ArrayList<>();
        for (DeviceSpec spec : profile.devices()) {
            indices.add(spec.powerDomain().map(domains::index).orElse(Layout.ALWAYS_ON));
        }
        return List.copyOf(indices);
    }

    private List<Device> devices(Layout layout) {
        List<Device> all = new ArrayList<>();
        int uarts = 0;
        Devices build = new Devices(
                lines,
                clock,
                board -> resetLine.set(board, true),
                new PowerBlocks(wake, fullPower)::build);
        for (int i = 0; i < profile.devices().size(); i++) {
            DeviceSpec spec = profile.devices().get(i);
            Layout own = layout.in(contentsOf(i)).named(spec.name());
            Device device = build.build(own, spec, uarts);
            uarts += spec.deviceType().isConsole() ? 1 : 0;
            all.add(device);
            if (spec.sizeBytes() > 0 && !device.registers().isEmpty()) {
                bus.map(spec.name(), spec.address(), spec.sizeBytes(), device.target());
            }
        }
        return List.copyOf(all);
    }

    /** Where a device's cells live: console and SMMU may keep theirs while their domain is off. */
    int contentsOf(int device) {
        String name = profile.devices().get(device).name();
        if (profile.devices().get(device).deviceType().isIommu()) {
            boolean lost = profile.power().smmuLostInSuspend();
            return lost ? domainOfDevice.get(device) : Layout.ALWAYS_ON;
        }
        boolean console = profile.console().filter(name::equals).isPresent();
        boolean kept = console && !profile.power().uartLostInSuspend();
        return kept ? Layout.ALWAYS_ON : domainOfDevice.get(device);
    }

    /** The console Xen uses, or one that loses everything. */
    Console console() {
        for (Device device : devices) {
            if (profile.console().filter(device.name()::equals).isPresent()
                    && device instanceof Console console) {
                return console;
            }
        }
        return new NoConsole();
    }

    /** The UART with that number or name, or {@code xen} for the one that Xen uses. */
    Optional<ConsoleName> consoleNamed(String name) {
        int port = 0;
        for (Device device : devices) {
            boolean xens = name.equals("xen")
                    && profile.console().filter(device.name()::equals).isPresent();
            if (device instanceof Console) {
                if (xens || name.equals(device.name()) || name.equals(Integer.toString(port))) {
                    return Optional.of(new ConsoleName(false, port, device.name()));
                }
                port++;
            }
        }
        return Optional.empty();
    }

    /** The hardware as a hypervisor reaches it. */
    Platform platform() {
        return new Platform(
                profile,
                clock,
                bus,
                registers,
                this,
                gprs(),
                console(),
                new HardwareProbe(this),
                wake::reassert,
                (board, nanos) -> wake.timer().keep(board, nanos, clock.now(board)),
                psci::giveUp,
                faults);
    }

    private List<Gprs> gprs() {
        List<Gprs> all = new ArrayList<>();
        cpus.forEach(cpu -> all.add(cpu.gprs()));
        return List.copyOf(all);
    }

    /** The power domain that takes the GIC's state with it, or {@link Layout#ALWAYS_ON}. */
    int gicContents() {
        return profile.power().gicLostInSuspend() ? gicDomain : Layout.ALWAYS_ON;
    }

    boolean gicPowered(Board board) {
        boolean on = powered.get(board);
        return on
                && (gicDomain == Layout.ALWAYS_ON
                        || domains.isOn(board, gicDomain)
                        || !profile.power().gicLostInSuspend());
    }

    boolean powered(Board board, int device) {
        int domain = domainOfDevice.get(device);
        return powered.get(board)
                && (domain == Layout.ALWAYS_ON || domains.isOn(board, domain))
                && !switchedOff(board, profile.devices().get(device));
    }

    /** Whether the power unit has switched off the node a device belongs to. */
    private boolean switchedOff(Board board, DeviceSpec device) {
        for (EemiNode node : nodes) {
            if (psci.eemi().orElseThrow().isOff(board, node.id()) && node.covers(device)) {
                return true;
            }
        }
        return false;
    }

    /** Gives the devices' lines their nature. */
    void describeLines(Board board) {
        for (DeviceSpec device : profile.devices()) {
            for (int intid : device.intids()) {
                lines.edge(
                        board, lines.intids().index(0, intid), device.trigger().equals("edge"));
            }
        }
    }

    @Override
    public boolean smc(Board board, Access by) {
        long function = cpus.get(by.cpu()).gprs().x(0).get(board) & 0xFFFF_FFFFL;
        if ((function | SMC64) == (SYSTEM_SUSPEND | SMC64)) {
            suspendCalls.add(board, 1);
        }
        return firmwareFaults.smc(board, by);
    }

    @Override
    public void goingOff(Board board, int domain) {
        lost.goingOff(board, domain);
    }

    /** EL3 lets a CPU go: its counter frequency is set, and what the GIC lost is known. */
    void released(Board board, Cpu cpu) {
        firmwareFaults.released(board, cpu);
        cntfrq.write(board, Access.el3(cpu.id()), profile.counterHz());
        lost.cameBack(board);
        if (hasSlept.get(board)) {
            hasSlept.set(board, false);
            FirmwareLines.wakes(board, profile.firmware(), console());
        }
    }

    @Override
    public void wentOff(Board board, int domain) {
        for (Cpu cpu : cpus) {
            if (cpu.powerDomain() == domain) {
                timer.reevaluate(board, cpu.id());
                gic.coreLost(board, cpu.id());
                powerLosses.add(board, cpu.id() == 0 && wake.asleep(board) ? 1 : 0);
                hasSlept.set(board, wake.asleep(board));
            }
        }
        devicesWentOff(board, domain);
    }

    private void devicesWentOff(Board board, int domain) {
        for (int i = 0; i < devices.size(); i++) {
            if (domainOfDevice.get(i) == domain) {
                devices.get(i).poweredOff(board);
            }
        }
    }

    @Override
    public void cameOn(Board board, int domain) {
        if (domain == gicDomain) {
            gic.poweredOn(board);
        }
        for (int i = 0; i < devices.size(); i++) {
            if (domainOfDevice.get(i) == domain) {
                devices.get(i).poweredOn(board);
            }
        }
    }

    /** Takes all power away; the clock and what a battery feeds go on. */
    void loseEverything(Board board) {
        board.loseContents(Layout.ALWAYS_ON);
        domains.reset(board);
    }

    /** A board without a console: lines go nowhere. */
    private record NoConsole() implements Console {
        @Override
        public void open(Board board) {
            // there is nothing to set up
        }

        @Override
        public boolean sends(Board board) {
            return true;
        }

        @Override
        public void print(Board board, String text) {
            // there is no wire
        }
    }
}

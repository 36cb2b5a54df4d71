package dev.vboard.model.firmware;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Firmware;
import dev.vboard.model.core.Flag;
import dev.vboard.model.core.Layout;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuPower;
import dev.vboard.model.gic.Gic;
import dev.vboard.model.power.FullPower;
import dev.vboard.model.power.PowerDomains;
import dev.vboard.model.power.WakeController;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.FirmwareSpec;
import dev.vboard.model.profile.FirmwareSpec.AddressRange;
import dev.vboard.model.profile.TimingSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The firmware at EL3: the face PHYS of psci.md. It owns the power of the CPUs and of the domains
 * above them.
 */
public final class Psci implements Firmware {
    /** How far above the start of RAM the boot CPU's software begins. */
    public static final long BOOT_OFFSET = 0x20_0000;

    private static final int EL2 = 2;
    private static final int SMC64_BIT = 0x4000_0000;

    final BoardProfile profile;
    final PowerStateFormat format;
    final Clock clock;
    final PowerDomains domains;
    final Gic gic;
    final WakeController wake;
    final WakeController.Distributor distributor;
    final TrustedOs trustedOs;
    final Cores cores;
    final FullPower fullPower;
    final Optional<Eemi> eemi;
    final Optional<GicSave> gicSave;

    private final int version;
    private final int implemented;
    private final Smccc smccc;
    private final Optional<NxpSip> sip;
    private final List<Caller> callers;

    private final Flag osInitiated;
    private final Flag memProtect;
    private final Cell asleepSince;
    private final Choice<SystemRequest> systemRequest;

    /**
     * Declares the firmware of a board.
     *
     * @param layout a cursor over the hardware's segment
     * @param cpus the CPUs, the n-th being CPU n
     */
    public Psci(
            Layout layout,
            BoardProfile profile,
            Clock clock,
            List<Cpu> cpus,
            PowerDomains domains,
            Gic gic,
            WakeController wake,
            FullPower fullPower,
            Bus bus) {
        this.profile = profile;
        this.clock = clock;
        this.domains = domains;
        this.gic = gic;
        this.wake = wake;
        this.fullPower = fullPower;
        this.distributor = new LiveDistributor(gic);
        version = PsciVersion.parse(profile.firmware().psci());
        implemented = implemented(profile.firmware(), version);
        smccc = new Smccc(profile.firmware());
        Layout psci = layout.named("psci");
        trustedOs = new TrustedOs(psci, profile.firmware());
        List<Core> allCores = new ArrayList<>();
        List<Caller> allCallers = new ArrayList<>();
        for (Cpu cpu : cpus) {
            int id = cpu.id();
            Core core = new Core(psci, cpu, board -> changed(board, id));
            allCores.add(core);
            allCallers.add(new Caller(core, false));
            allCallers.add(new Caller(core, true));
        }
        cores = new Cores(List.copyOf(allCores), domains);
        format = new PowerStateFormat(profile.firmware(), version, cores.maximumLevel());
        callers = List.copyOf(allCallers);
        osInitiated = psci.flag("os-initiated");
        memProtect = psci.in(Layout.ETERNAL).flag("mem-protect");
        asleepSince = psci.cell("asleep-since", 64);
        systemRequest = psci.choice("system-request", SystemRequest.class);
        eemi = profile.firmware().eemi()
                ? Optional.of(new Eemi(layout, this, bus))
                : Optional.empty();
        gicSave = profile.firmware().savesGic()
                ? Optional.of(new GicSave(layout.named("el3"), gic))
                : Optional.empty();
        sip = profile.firmware().sip().equals("none")
                ? Optional.empty()
                : Optional.of(new NxpSip(layout, this, profile.firmware().sip().equals("imx8qm")));
    }

    private static int implemented(FirmwareSpec spec, int version) {
        int mask = 0;
        for (PsciFunction function : PsciFunction.values()) {
            mask |= function.implementedBy(spec, version) ? 1 << function.number() : 0;
        }
        return mask;
    }

    @Override
    public boolean smc(Board board, Access by) {
        Core core = cores.get(by.cpu());
        Cell x0 = core.cpu().gprs().x(0);
        int id = x0.getInt(board);
        if (by.secure()) {
            x0.set(board, PsciStatus.NOT_SUPPORTED.code());
            return true;
        }
        if (!PsciFunction.isId(id)) {
            return other(board, core, id);
        }
        PsciFunction function = PsciFunction.ofId(id);
        Caller caller = callers.get(2 * by.cpu() + ((id & SMC64_BIT) != 0 ? 1 : 0));
        long result = implementsFunction(function)
                ? function.decide(this, board, caller)
                : PsciStatus.NOT_SUPPORTED.code();
        boolean returns = result != PsciFunction.NO_RETURN;
        long value = returns ? function.value(result) : Events.ABSENT;
        emitCall(board, core, value, function.name());
        if (returns) {
            x0.set(board, result);
        } else {
            function.apply(this, board, caller);
        }
        return returns;
    }

    private boolean other(Board board, Core core, int id) {
        if (eemi.isPresent() && Eemi.isId(id)) {
            eemi.get().call(board, core, id);
            return true;
        }
        if (sip.isPresent() && sip.get().has(id)) {
            sip.get().call(board, core, id);
            return true;
        }
        smccc.call(board, core.cpu(), id);
        if (PsciFunction.isInRange(id)) {
            String name = String.format(Locale.ROOT, "0x%08x", id);
            emitCall(board, core, PsciStatus.NOT_SUPPORTED.code(), name);
        }
        return true;
    }

    private void emitCall(Board board, Core core, long value, String function) {
        EventType.PSCI_CALL.emit(
                board, now(board), core.id(), Events.ABSENT, Events.ABSENT, value, function);
    }

    /**
     * Starts the board: CPU 0 stands at {@link #bootEntry}, all others are off. The domains must be
     * as {@link PowerDomains#reset} leaves them, which a fresh board's are. MEM_PROTECT is kept.
     */
    public void coldBoot(Board board) {
        for (Core core : cores.all()) {
            core.reset(board);
            core.cpu().power(board, CpuPower.OFF);
            core.cpu().released(board, false);
            core.cpu().waiting(board, false);
        }
        osInitiated.set(board, false);
        systemRequest.set(board, SystemRequest.NONE);
        asleepSince.set(board, 0);
        trustedOs.reset(board);
        eemi.ifPresent(unit -> unit.reset(board));
        sip.ifPresent(services -> services.reset(board));
        wake.reset(board);
        Core boot = cores.get(0);
        boot.startsAt(board, bootEntry(), 0, false);
        domains.on(board, boot.cpu().powerDomain());
        gic.secureInit(board);
        release(board, boot);
        emitCpuOn(board, boot);
    }

    /** Where the boot CPU's software begins. */
    public long bootEntry() {
        return profile.memory().isEmpty() ? 0 : profile.memory().get(0).base() + BOOT_OFFSET;
    }

    /**
     * Ends CPU_SUSPEND and SYSTEM_SUSPEND where an interrupt asks for it. The machine calls it
     * between actions until nothing moves.
     *
     * @return whether anything moved
     */
    public boolean wakeSuspended(Board board) {
        if (wake.asleep(board)) {
            return SystemSuspend.wake(this, board);
        }
        boolean moved = false;
        for (int i = 0; i < cores.all().size(); i++) {
            Core core = cores.get(i);
            moved |= core.cpu().suspended(board) && CpuSuspend.wake(this, board, core);
        }
        return moved;
    }

    /** Whether a CPU executes: it is ON and not on its way through CPU_OFF. */
    public boolean executes(Board board, int cpu) {
        Core core = cores.get(cpu);
        return core.cpu().is(board, CpuPower.ON) && !core.goingDown(board);
    }

    /** The services of ZynqMP's power unit, where there is one. */
    public Optional<Eemi> eemi() {
        return eemi;
    }

    /** What software has asked of the whole board. */
    public SystemRequest systemRequest(Board board) {
        return systemRequest.get(board);
    }

    /** Whether RAM must be cleared when the board starts again without a warm reset. */
    public boolean memProtected(Board board) {
        return memProtect.get(board);
    }

    /** The number of the CPU with the affinity fields of an MPIDR, or -1. */
    public int cpuAt(long mpidr) {
        return cores.find(mpidr);
    }

    /** Gives the next CPU_ON of a core something to fail at. */
    public void startFault(Board board, int cpu, StartFault fault) {
        cores.get(cpu).startFault(board, fault);
    }

    /** Lets a core that is on its way through CPU_OFF take that much longer. */
    public void delayCpuOff(Board board, int cpu, long nanos) {
        Core core = cores.get(cpu);
        if (core.goingDown(board)) {
            core.change().arm(board, core.change().get(board) + nanos);
        }
    }

    /** Lets a core that never came out of ON_PENDING be OFF again; others stay as they are. */
    public void giveUp(Board board, int cpu) {
        Core core = cores.get(cpu);
        if (core.cpu().is(board, CpuPower.ON_PENDING)) {
            core.change().cancel(board);
            core.request(board, Composite.ALL_OFF);
            core.cpu().power(board, CpuPower.OFF);
        }
    }

    /** The distributor as it is now, for questions of the wake controller. */
    public WakeController.Distributor distributor() {
        return distributor;
    }

    /** The PSCI version, major in the upper half. */
    public int version() {
        return version;
    }

    /** Whether this firmware has a function. */
    public boolean implementsFunction(PsciFunction function) {
        return (implemented >>> function.number() & 1) != 0;
    }

    /** A core has come up, gone down, or been woken from SYSTEM_SUSPEND. */
    private void changed(Board board, int cpu) {
        Core core = cores.get(cpu);
        switch (core.cpu().power(board)) {
            case ON_PENDING -> CpuOn.arrive(this, board, core);
            case ON -> CpuOff.arrive(this, board, core);
            case POWERDOWN -> SystemSuspend.arrive(this, board, core);
            case OFF, STANDBY -> {
                // Not on its way anywhere.
            }
        }
    }

    /** Powers a core and everything above it, and puts it at its entry point at EL2. */
    void release(Board board, Core core) {
        Cpu cpu = core.cpu();
        core.request(board, Composite.ALL_RUN);
        domains.on(board, cpu.powerDomain());
        if (wake.asleep(board)) {
            SystemSuspend.wakeGic(this, board, cpu.id());
        }
        gic.cpuInterfaceUp(board, cpu.id());
        cpu.enter(board, EL2, core.entry(board), core.context(board), core.bigEndian(board));
        cpu.waiting(board, false);
        cpu.power(board, CpuPower.ON);
        cpu.released(board, true);
    }

    void emitCpuOn(Board board, Core core) {
        EventType.CPU_ON.emit(
                board, now(board), core.id(), core.entry(board), core.context(board), "");
    }

    /** Whether software may start there: an even address the platform knows as Non-secure RAM. */
    boolean accepts(long entry) {
        if ((entry & 1) != 0) {
            return false;
        }
        List<AddressRange> ranges = spec().entryRanges();
        for (AddressRange range : ranges) {
            if (range.holds(entry)) {
                return true;
            }
        }
        return ranges.isEmpty();
    }

    /** INVALID_ADDRESS, or what a firmware says that is older than that code. */
    long invalidAddress() {
        return version >= PsciVersion.V1_0
                ? PsciStatus.INVALID_ADDRESS.code()
                : PsciStatus.INVALID_PARAMETERS.code();
    }

    /** Whether an interrupt is signalled to a CPU; what PSTATE masks counts too (PSCI-T5). */
    boolean pending(Board board, int cpu) {
        return gic.wakes(board, cpu);
    }

    /** The moment that many nanoseconds from now. */
    long after(Board board, long nanos) {
        return now(board) + nanos;
    }

    long now(Board board) {
        return clock.now(board);
    }

    void request(Board board, SystemRequest request) {
        if (systemRequest.is(board, SystemRequest.NONE)) {
            systemRequest.set(board, request);
        }
    }

    void memProtected(Board board, boolean on) {
        memProtect.set(board, on);
    }

    boolean osInitiated(Board board) {
        return osInitiated.get(board);
    }

    void osInitiated(Board board, boolean on) {
        osInitiated.set(board, on);
    }

    long asleepSince(Board board) {
        return asleepSince.get(board);
    }

    void asleepSince(Board board, long nanos) {
        asleepSince.set(board, nanos);
    }

    /** The core that is in SYSTEM_SUSPEND. */
    Core sleeper(Board board) {
        return cores.get(wake.cpu(board));
    }

    FirmwareSpec spec() {
        return profile.firmware();
    }

    TimingSpec timing() {
        return profile.timing();
    }
}

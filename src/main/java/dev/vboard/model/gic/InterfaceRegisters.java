package dev.vboard.model.gic;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.Guard;
import dev.vboard.model.core.SystemRegisters.Read;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.core.SystemRegisters.Write;

/**
 * The ICC_* registers (IHI 0069 12.2) by name and encoding. While HCR_EL2.IMO or FMO is set,
 * non-secure EL1 reaches the virtual interface by the same names; SGIs it cannot generate then, and
 * ICH_HCR_EL2 may take more from it. With two security states EL3 keeps Group 0 to itself, as
 * SCR_EL3.FIQ makes it.
 */
final class InterfaceRegisters {
    private static final int EL1 = 1;
    private static final int EL2 = 2;
    private static final int EL3 = 3;
    private static final long FMO = 1 << 3;
    private static final long IMO = 1 << 4;
    private static final int PMHE = 1 << 6;
    private static final int ALL_OF_SRE = 7;
    private static final int SRE_ENABLE = 1 << 3;
    private static final int AFFINITY_3 = 1 << 15;
    private static final int MODES = 0x5F;

    private final SystemInterface cpus;
    private final GuestInterface guest;
    private final HypervisorInterface hypervisor;
    private final SgiRegisters sgis;
    private final DistributorV3 distributor;
    private final SystemRegister hcr;
    private final int type;

    InterfaceRegisters(
            SystemInterface cpus,
            HypervisorInterface hypervisor,
            GuestInterface guest,
            SgiRegisters sgis,
            boolean levelThree,
            SystemRegisters registers) {
        this.cpus = cpus;
        this.hypervisor = hypervisor;
        this.guest = guest;
        this.sgis = sgis;
        distributor = cpus.distributor;
        hcr = registers.get("HCR_EL2");
        type = cpus.priorities.bits() - 1 << 8 | (levelThree ? AFFINITY_3 : 0);
    }

    void declare(SystemRegisters registers) {
        declareGroup(registers, true);
        declareGroup(registers, false);
        declareCommon(registers);
        declareActive(registers, true, InterfaceRegister.ICC_AP0R0_EL1);
        declareActive(registers, false, InterfaceRegister.ICC_AP1R0_EL1);
        declareSgis(registers);
        declareEnables(registers);
        if (distributor.twoStates()) {
            declareFirmware(registers);
        }
    }

    private static boolean isEl1(Access by) {
        return by.exceptionLevel() == EL1 && !by.secure();
    }

    private boolean routed(Board board, Access by, long bits) {
        return isEl1(by) && (hcr.look(board, Access.el2(by.cpu())) & bits) != 0;
    }

    /** Whether an access to a group's registers is one to the virtual interface. */
    private boolean isVirtual(Board board, Access by, boolean zero) {
        return routed(board, by, zero ? FMO : IMO);
    }

    private boolean isVirtual(Board board, Access by) {
        return routed(board, by, FMO | IMO);
    }

    private boolean trapped(Board board, Access by, int traps) {
        return isEl1(by) && (hypervisor.control(board, by.cpu()) & traps) != 0;
    }

    private boolean permitsGroup(Board board, Access by, boolean zero) {
        int trap = zero ? HypervisorInterface.TRAP_GROUP_0 : HypervisorInterface.TRAP_GROUP_1;
        boolean kept = zero && distributor.nonSecure(board, by) && !isVirtual(board, by, true);
        return !kept && !trapped(board, by, trap);
    }

    private void add(
            SystemRegisters registers,
            InterfaceRegister register,
            int level,
            Read read,
            Write write,
            Guard guard) {
        registers.declare(register.name(), register.encoding(), level, read, write);
        registers.guard(register.name(), guard);
    }

    private void readOnly(
            SystemRegisters registers, InterfaceRegister register, Read read, Guard guard) {
        registers.readOnly(register.name(), register.encoding(), EL1, read);
        registers.guard(register.name(), guard);
    }

    private void writeOnly(
            SystemRegisters registers, InterfaceRegister register, Write write, Guard guard) {
        registers.writeOnly(register.name(), register.encoding(), EL1, write);
        registers.guard(register.name(), guard);
    }

    private void declareGroup(SystemRegisters registers, boolean zero) {
        Guard guard = (board, by) -> permitsGroup(board, by, zero);
        readOnly(
                registers,
                zero ? InterfaceRegister.ICC_IAR0_EL1 : InterfaceRegister.ICC_IAR1_EL1,
                (board, by) -> acknowledge(board, by, zero),
                guard);
        writeOnly(
                registers,
                zero ? InterfaceRegister.ICC_EOIR0_EL1 : InterfaceRegister.ICC_EOIR1_EL1,
                (board, by, value) -> end(board, by, zero, value),
                guard);
        readOnly(
                registers,
                zero ? InterfaceRegister.ICC_HPPIR0_EL1 : InterfaceRegister.ICC_HPPIR1_EL1,
                (board, by) -> isVirtual(board, by, zero)
                        ? guest.highestPending(board, by.cpu(), zero)
                        : cpus.highestPending(board, by, zero),
                guard);
        add(
                registers,
                zero ? InterfaceRegister.ICC_BPR0_EL1 : InterfaceRegister.ICC_BPR1_EL1,
                EL1,
                (board, by) -> isVirtual(board, by, zero)
                        ? guest.point(board, by.cpu(), zero)
                        : point(board, by, zero),
                (board, by, value) -> {
                    if (isVirtual(board, by, zero)) {
                        guest.setPoint(board, by.cpu(), zero, value);
                    } else {
                        setPoint(board, by, zero, (int) value & 7);
                    }
                },
                guard);
        add(
                registers,
                zero ? InterfaceRegister.ICC_IGRPEN0_EL1 : InterfaceRegister.ICC_IGRPEN1_EL1,
                EL1,
                (board, by) -> enabled(board, by, zero),
                (board, by, value) -> enable(board, by, zero, value),
                guard);
    }

    /** What an access acknowledges by ICC_IAR0_EL1 or ICC_IAR1_EL1. */
    int acknowledge(Board board, Access by, boolean zero) {
        return isVirtual(board, by, zero)
                ? guest.acknowledge(board, by.cpu(), zero)
                : cpus.acknowledge(board, by, zero);
    }

    /** What an access ends by ICC_EOIR0_EL1 or ICC_EOIR1_EL1. */
    void end(Board board, Access by, boolean zero, long value) {
        if (isVirtual(board, by, zero)) {
            guest.end(board, by.cpu(), zero, value);
        } else {
            cpus.end(board, by, zero, value);
        }
    }

    private int group(Board board, Access by, boolean zero) {
        return zero ? Groups.GROUP_0 : cpus.group1(board, by);
    }

    private long enabled(Board board, Access by, boolean zero) {
        if (isVirtual(board, by, zero)) {
            return guest.enabled(board, by.cpu(), zero);
        }
        return cpus.enabled(board, by.cpu(), group(board, by, zero)) ? 1 : 0;
    }

    private void enable(Board board, Access by, boolean zero, long value) {
        if (isVirtual(board, by, zero)) {
            guest.enable(board, by.cpu(), zero, value);
        } else {
            cpus.enable(board, by.cpu(), group(board, by, zero), (value & 1) != 0);
        }
    }

    /** Whether CBPR makes ICC_BPR1_EL1 of an access a shadow of ICC_BPR0_EL1. */
    private boolean common(Board board, Access by, int group) {
        int bit = group == Groups.SECURE_1
                ? SystemInterface.COMMON_POINT_S
                : SystemInterface.COMMON_POINT_NS;
        return by.exceptionLevel() < EL3 && (cpus.control(board, by.cpu()) & bit) != 0;
    }

    private long point(Board board, Access by, boolean zero) {
        int group = group(board, by, zero);
        var points = cpus.of(by.cpu()).points();
        int point0 = points.get(Groups.GROUP_0).getInt(board);
        if (group == Groups.GROUP_0 || !common(board, by, group)) {
            return points.get(group).getInt(board);
        }
        return group == Groups.SECURE_1 ? point0 : Math.min(point0 + 1, 7);
    }

    private void setPoint(Board board, Access by, boolean zero, int value) {
        int group = group(board, by, zero);
        boolean shadow = group != Groups.GROUP_0 && common(board, by, group);
        if (shadow && group == Groups.NON_SECURE_1) {
            return;
        }
        int own = shadow ? Groups.GROUP_0 : group;
        int least = cpus.priorities.minimumBinaryPoint();
        least += own == Groups.NON_SECURE_1 ? 1 : 0;
        cpus.of(by.cpu()).points().get(own).set(board, Math.max(value, least));
    }

    private void declareCommon(SystemRegisters registers) {
        Guard guard = (board, by) -> !trapped(board, by, HypervisorInterface.TRAP_COMMON);
        add(
                registers,
                InterfaceRegister.ICC_PMR_EL1,
                EL1,
                (board, by) -> isVirtual(board, by)
                        ? guest.mask(board, by.cpu())
                        : cpus.maskSeen(board, by),
                (board, by, value) -> {
                    if (isVirtual(board, by)) {
                        guest.setMask(board, by.cpu(), value);
                    } else {
                        cpus.setMask(board, by, value);
                    }
                },
                guard);
        readOnly(
                registers,
                InterfaceRegister.ICC_RPR_EL1,
                (board, by) -> isVirtual(board, by)
                        ? guest.running(board, by.cpu())
                        : cpus.runningSeen(board, by),
                guard);
        add(
                registers,
                InterfaceRegister.ICC_CTLR_EL1,
                EL1,
                (board, by) ->
                        isVirtual(board, by) ? guest.control(board, by.cpu()) : control(board, by),
                (board, by, value) -> {
                    if (isVirtual(board, by)) {
                        guest.setControl(board, by.cpu(), value);
                    } else {
                        setControl(board, by, (int) value);
                    }
                },
                guard);
        writeOnly(
                registers,
                InterfaceRegister.ICC_DIR_EL1,
                (board, by, value) -> {
                    if (isVirtual(board, by)) {
                        guest.deactivate(board, by.cpu(), value);
                    } else {
                        cpus.directDeactivate(board, by, value);
                    }
                },
                (board, by) -> !trapped(
                        board, by, HypervisorInterface.TRAP_COMMON | HypervisorInterface.TRAP_DIR));
    }

    /** CBPR in 0, EOImode in 1, PMHE in 6; the rest tells what there is. */
    private long control(Board board, Access by) {
        int stored = cpus.control(board, by.cpu());
        boolean secure = cpus.group1(board, by) == Groups.SECURE_1;
        int common = secure ? SystemInterface.COMMON_POINT_S : SystemInterface.COMMON_POINT_NS;
        int split = secure ? SystemInterface.EOI_MODE_S : SystemInterface.EOI_MODE_NS;
        int modes = ((stored & common) != 0 ? 1 : 0) | ((stored & split) != 0 ? 2 : 0);
        return type | modes | stored & PMHE;
    }

    /** While there are two security states CBPR and PMHE are the secure side's. */
    private void setControl(Board board, Access by, int value) {
        Cell cell = cpus.of(by.cpu()).control();
        boolean secure = cpus.group1(board, by) == Groups.SECURE_1;
        int common = secure ? SystemInterface.COMMON_POINT_S : SystemInterface.COMMON_POINT_NS;
        int split = secure ? SystemInterface.EOI_MODE_S : SystemInterface.EOI_MODE_NS;
        int stored = cell.getInt(board) & ~split | ((value & 2) != 0 ? split : 0);
        if (!distributor.nonSecure(board, by)) {
            stored = stored & ~(common | PMHE) | value & PMHE;
            stored |= (value & 1) != 0 ? common : 0;
        }
        cell.set(board, stored);
    }

    /** Only as many registers as there are levels of preemption. */
    private void declareActive(SystemRegisters registers, boolean zero, InterfaceRegister first) {
        Guard guard = (board, by) -> permitsGroup(board, by, zero);
        int words = cpus.of(0).active().getFirst().words();
        for (int i = 0; i < words; i++) {
            int n = i;
            InterfaceRegister register = InterfaceRegister.values()[first.ordinal() + n];
            Read read = (board, by) -> {
                if (isVirtual(board, by, zero)) {
                    return n == 0 ? hypervisor.active(board, by.cpu(), zero) : 0;
                }
                int group = group(board, by, zero);
                return cpus.of(by.cpu()).active().get(group).word(board, 0, n);
            };
            Write write = (board, by, value) -> {
                if (!isVirtual(board, by, zero)) {
                    int group = group(board, by, zero);
                    cpus.of(by.cpu()).active().get(group).setWord(board, 0, n, (int) value);
                } else if (n == 0) {
                    hypervisor.setActive(board, by.cpu(), zero, value);
                }
            };
            add(registers, register, EL1, (b, by) -> word(read.read(b, by)), write, guard);
        }
    }

    private static long word(long value) {
        return value & 0xFFFF_FFFFL;
    }

    /** A guest's SGIs are the hypervisor's to send: its accesses trap. */
    private void declareSgis(SystemRegisters registers) {
        Guard guard = (board, by) ->
                !isVirtual(board, by) && !trapped(board, by, HypervisorInterface.TRAP_COMMON);
        writeOnly(
                registers,
                InterfaceRegister.ICC_SGI1R_EL1,
                (board, by, value) -> sgis.generate(board, by, value, cpus.group1(board, by)),
                guard);
        writeOnly(
                registers,
                InterfaceRegister.ICC_ASGI1R_EL1,
                (board, by, value) -> sgis.generate(
                        board, by, value, by.secure() ? Groups.NON_SECURE_1 : Groups.SECURE_1),
                guard);
        writeOnly(
                registers,
                InterfaceRegister.ICC_SGI0R_EL1,
                (board, by, value) -> sgis.generate(board, by, value, Groups.GROUP_0),
                guard);
    }

    /** System registers cannot be switched off: there is no legacy interface. */
    private void declareEnables(SystemRegisters registers) {
        add(
                registers,
                InterfaceRegister.ICC_SRE_EL1,
                EL1,
                (_, _) -> ALL_OF_SRE,
                (_, _, _) -> {},
                (board, by) -> !isEl1(by) || cpus.of(by.cpu()).lowerEnable().get(board));
        add(
                registers,
                InterfaceRegister.ICC_SRE_EL2,
                EL2,
                (board, by) ->
                        ALL_OF_SRE | (cpus.of(by.cpu()).lowerEnable().get(board) ? SRE_ENABLE : 0),
                (board, by, value) ->
                        cpus.of(by.cpu()).lowerEnable().set(board, (value & SRE_ENABLE) != 0),
                (_, _) -> true);
    }

    private void declareFirmware(SystemRegisters registers) {
        Guard always = (_, _) -> true;
        add(
                registers,
                InterfaceRegister.ICC_SRE_EL3,
                EL3,
                (_, _) -> ALL_OF_SRE | SRE_ENABLE,
                (_, _, _) -> {},
                always);
        add(
                registers,
                InterfaceRegister.ICC_CTLR_EL3,
                EL3,
                (board, by) -> type | cpus.control(board, by.cpu()),
                (board, by, value) -> cpus.of(by.cpu()).control().set(board, value & MODES),
                always);
        add(
                registers,
                InterfaceRegister.ICC_IGRPEN1_EL3,
                EL3,
                (board, by) -> cpus.of(by.cpu()).enables().getInt(board) >>> 1,
                (board, by, value) -> {
                    Cell enables = cpus.of(by.cpu()).enables();
                    enables.set(board, enables.getInt(board) & 1 | (value & 3) << 1);
                },
                always);
    }
}

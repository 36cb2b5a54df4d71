package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bus;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.hazard.GuestHazard;
import dev.vboard.model.profile.GicSpec;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A GICv2 for guests: Xen emulates the distributor, GICV is their CPU interface. */
final class GuestGicV2 implements GuestGic {
    private static final int SET_ACTIVE = 0x300;
    private static final int CLEAR_ACTIVE = 0x380;
    /** A DomU's CPU interface. */
    private static final long GUEST_GICC = 0x0300_2000L;

    private static final long DISTRIBUTOR_BYTES = 0x1000;
    private static final long INTERFACE_BYTES = 0x2000;
    private static final long WIDE_INTERFACE_BYTES = 0x2_0000;
    private static final long SECOND_PAGE = 0x1000;
    private static final long WIDE_SECOND_PAGE = 0x1_0000;
    private static final long ITARGETSR = 0x800;
    private static final long PMR = 0x4;
    private static final long IAR = 0xC;
    private static final long EOIR = 0x10;
    private static final int SGIS = 16;

    private final Hypervisor xen;
    private final Bus bus;
    private final GicSpec spec;
    private final Registers emulated;

    GuestGicV2(Hypervisor xen) {
        this.xen = xen;
        bus = xen.platform.bus();
        spec = xen.platform.profile().gic();
        emulated = new VGicDistributor(new VGicBank(xen)).registers();
    }

    @Override
    public long distributor(Board board, Domain domain) {
        return domain.hardware(board) ? spec.gicd() : DISTRIBUTOR;
    }

    @Override
    public OptionalLong cpuInterface(Board board, Domain domain) {
        return OptionalLong.of(interfaceOf(board, domain));
    }

    private long interfaceOf(Board board, Domain domain) {
        return domain.hardware(board) ? spec.gicc().orElse(0) : GUEST_GICC;
    }

    @Override
    public OptionalLong redistributors(Board board, Domain domain) {
        return OptionalLong.empty();
    }

    @Override
    public boolean holds(Board board, Domain domain, long address, int size) {
        return isDistributor(board, domain, address, size)
                || isInterface(board, domain, address, size);
    }

    private boolean isDistributor(Board board, Domain domain, long address, int size) {
        return GuestGic.within(address, size, distributor(board, domain), DISTRIBUTOR_BYTES);
    }

    private boolean isInterface(Board board, Domain domain, long address, int size) {
        long bytes = domain.hardware(board) && spec.wideAliases()
                ? WIDE_INTERFACE_BYTES
                : INTERFACE_BYTES;
        return GuestGic.within(address, size, interfaceOf(board, domain), bytes);
    }

    @Override
    public OptionalLong read(Board board, int cpu, Domain domain, long address, int size) {
        Access by = Access.el1(cpu);
        return OptionalLong.of(
                isDistributor(board, domain, address, size)
                        ? emulated.read(board, by, address - distributor(board, domain), size)
                        : bus.read(board, by, virtual(board, domain, address), size));
    }

    @Override
    public boolean write(Board board, int cpu, Domain domain, long address, int size, long value) {
        Access by = Access.el1(cpu);
        if (!isDistributor(board, domain, address, size)) {
            bus.write(board, by, virtual(board, domain, address), size, value);
            return true;
        }
        long offset = address - distributor(board, domain);
        boolean zeroActive = offset >= SET_ACTIVE && offset < CLEAR_ACTIVE && value == 0;
        boolean aborts = VGicDistributor.aborts(offset, true, value)
                || zeroActive && xen.suffers(board, GuestHazard.HZ_69);
        if (aborts) {
            return false;
        }
        emulated.write(board, by, offset, size, value);
        return true;
    }

    /** The address in GICV that an address in the guest's CPU interface stands for. */
    private long virtual(Board board, Domain domain, long address) {
        long offset = address - interfaceOf(board, domain);
        boolean second = spec.wideAliases() && !domain.hardware(board) && offset >= SECOND_PAGE;
        long page = second ? offset - SECOND_PAGE + WIDE_SECOND_PAGE : offset;
        return spec.gicv().orElse(0) + page;
    }

    @Override
    public boolean traps(SystemRegister register) {
        return false;
    }

    @Override
    public boolean writeTrapped(Board board, int cpu, SystemRegister register, long value) {
        return false;
    }

    @Override
    public int acknowledge(Board board, int cpu, Domain domain) {
        long address = interfaceOf(board, domain) + IAR;
        return (int) bus.read(board, Access.el1(cpu), virtual(board, domain, address), 4);
    }

    @Override
    public boolean end(Board board, int cpu, Domain domain, int intid, int source) {
        long address = interfaceOf(board, domain) + EOIR;
        return write(board, cpu, domain, address, 4, intid | (long) source << 10);
    }

    @Override
    public void onOff(
            Board board, int cpu, Domain domain, boolean on, Optional<Integer> priorityMask) {
        long gicc = interfaceOf(board, domain);
        write(board, cpu, domain, distributor(board, domain), 4, on ? 1 : 0);
        if (priorityMask.isPresent()) {
            write(board, cpu, domain, gicc + PMR, 4, priorityMask.get());
        }
        write(board, cpu, domain, gicc, 4, on ? 1 : 0);
    }

    @Override
    public void target(Board board, int cpu, Domain domain, int virq, int mask) {
        write(board, cpu, domain, distributor(board, domain) + ITARGETSR + virq, 1, mask);
    }

    @Override
    public long page(Board board, Domain domain, int vcpu, int virq) {
        return distributor(board, domain);
    }

    @Override
    public OptionalInt source(int acknowledged) {
        boolean sgi = (acknowledged & 0x3FF) < SGIS;
        return sgi ? OptionalInt.of(acknowledged >> 10 & 7) : OptionalInt.empty();
    }
}

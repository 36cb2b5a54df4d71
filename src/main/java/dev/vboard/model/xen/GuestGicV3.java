package dev.vboard.model.xen;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Memo;
import dev.vboard.model.core.Registers;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;
import dev.vboard.model.profile.GicSpec;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A GICv3 for guests: Xen emulates distributor and redistributors and the sending of SGIs; the CPU
 * interface is the pCPU's virtual one, ICC_* at EL1.
 */
final class GuestGicV3 implements GuestGic {
    /** A DomU's redistributors, one after the other. */
    private static final long GUEST_GICR = 0x0302_0000L;

    private static final long PAGE = 0x1_0000;
    private static final long FRAME = Stage2.REDISTRIBUTOR_BYTES;
    private static final long IROUTER = 0x6000;
    private static final int ARE_AND_GROUP_1 = 0x12;
    private static final int ARE = 0x10;
    private static final int SGIS_OF_GROUP = 16;
    private static final int MOST_VCPUS = 32;
    private static final long BROADCAST = 1L << 40;
    private static final long UPPER_AFFINITY = 0x00FF_F0FF_0000_0000L;

    private final GicSpec spec;
    private final VGicBank bank;
    private final Registers distributor;
    private final Registers identification;
    private final Memo<VGicRedistributor> frames;
    private final SystemRegister sgi1;
    private final SystemRegister sgi0;
    private final SystemRegister aliasedSgi1;
    private final SystemRegister iar;
    private final SystemRegister eoir;
    private final SystemRegister mask;
    private final SystemRegister group;

    GuestGicV3(Hypervisor xen) {
        spec = xen.platform.profile().gic();
        bank = new VGicBank(xen);
        VGicDistributorV3 emulated = new VGicDistributorV3(bank);
        distributor = emulated.registers();
        identification = emulated.identification();
        frames = new Memo<>(
                MOST_VCPUS, VGicRedistributor[]::new, vcpu -> new VGicRedistributor(bank, vcpu));
        SystemRegisters registers = xen.platform.registers();
        sgi1 = registers.get("ICC_SGI1R_EL1");
        sgi0 = registers.get("ICC_SGI0R_EL1");
        aliasedSgi1 = registers.get("ICC_ASGI1R_EL1");
        iar = registers.get("ICC_IAR1_EL1");
        eoir = registers.get("ICC_EOIR1_EL1");
        mask = registers.get("ICC_PMR_EL1");
        group = registers.get("ICC_IGRPEN1_EL1");
    }

    @Override
    public long distributor(Board board, Domain domain) {
        return domain.hardware(board) ? spec.gicd() : DISTRIBUTOR;
    }

    @Override
    public OptionalLong cpuInterface(Board board, Domain domain) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong redistributors(Board board, Domain domain) {
        return OptionalLong.of(frames(board, domain));
    }

    private long frames(Board board, Domain domain) {
        return domain.hardware(board) ? spec.gicr().orElse(0) : GUEST_GICR;
    }

    @Override
    public boolean holds(Board board, Domain domain, long address, int size) {
        long bytes = domain.vcpus.size() * FRAME;
        return isDistributor(board, domain, address, size)
                || GuestGic.within(address, size, frames(board, domain), bytes);
    }

    private boolean isDistributor(Board board, Domain domain, long address, int size) {
        return GuestGic.within(address, size, distributor(board, domain), PAGE);
    }

    /** The registers at an address of the guest's GIC. */
    private Registers registersAt(Board board, Domain domain, long address) {
        if (offset(board, domain, address) >= VGicDistributorV3.IDENTIFICATION) {
            return identification;
        }
        if (isDistributor(board, domain, address, 1)) {
            return distributor;
        }
        long offset = address - frames(board, domain);
        VGicRedistributor frame = frames.get((int) (offset / FRAME));
        return offset % FRAME < PAGE ? frame.control() : frame.interrupts();
    }

    /** The offset of an address into its page. */
    private long offset(Board board, Domain domain, long address) {
        return isDistributor(board, domain, address, 1)
                ? address - distributor(board, domain)
                : (address - frames(board, domain)) % PAGE;
    }

    private long offsetIn(Registers registers, long offset) {
        return registers == identification ? offset - VGicDistributorV3.IDENTIFICATION : offset;
    }

    @Override
    public OptionalLong read(Board board, int cpu, Domain domain, long address, int size) {
        Registers registers = registersAt(board, domain, address);
        long offset = offsetIn(registers, offset(board, domain, address));
        return OptionalLong.of(registers.read(board, Access.el1(cpu), offset, size));
    }

    @Override
    public boolean write(Board board, int cpu, Domain domain, long address, int size, long value) {
        Registers registers = registersAt(board, domain, address);
        long offset = offset(board, domain, address);
        boolean setsActive = registers != identification && offset >= 0x300 && offset < 0x380;
        boolean ofInterrupts = isDistributor(board, domain, address, size)
                || (address - frames(board, domain)) % FRAME >= PAGE;
        if (setsActive && ofInterrupts && value != 0) {
            return false;
        }
        registers.write(board, Access.el1(cpu), offsetIn(registers, offset), size, value);
        return true;
    }

    @Override
    public boolean traps(SystemRegister register) {
        return register == sgi1 || register == sgi0 || register == aliasedSgi1;
    }

    /** Only ICC_SGI1R_EL1 is emulated: a guest has no Group 0 and no other security state. */
    @Override
    public boolean writeTrapped(Board board, int cpu, SystemRegister register, long value) {
        if (register != sgi1) {
            return false;
        }
        Access by = Access.el1(cpu);
        Domain domain = bank.domain(board, by);
        int intid = (int) (value >>> 24) & 0xF;
        bank.sendSgi(board, domain, receivers(domain, bank.vcpu(board, by), value), intid);
        return true;
    }

    /** The vCPUs a value of ICC_SGI1R_EL1 names, a bit each; sixteen share an Aff1. */
    static long receivers(Domain domain, Vcpu self, long value) {
        if ((value & BROADCAST) != 0) {
            return ~(1L << self.id);
        }
        if ((value & UPPER_AFFINITY) != 0) {
            return 0;
        }
        long first = (value >>> 16 & 0xFF) * SGIS_OF_GROUP;
        return first < domain.vcpus.size() ? (value & 0xFFFF) << first : 0;
    }

    @Override
    public int acknowledge(Board board, int cpu, Domain domain) {
        return (int) iar.read(board, Access.el1(cpu));
    }

    @Override
    public boolean end(Board board, int cpu, Domain domain, int intid, int source) {
        eoir.write(board, Access.el1(cpu), intid);
        return true;
    }

    @Override
    public void onOff(
            Board board, int cpu, Domain domain, boolean on, Optional<Integer> priorityMask) {
        Access by = Access.el1(cpu);
        int control = on ? ARE_AND_GROUP_1 : ARE;
        write(board, cpu, domain, distributor(board, domain), 4, control);
        if (priorityMask.isPresent()) {
            mask.write(board, by, priorityMask.get());
        }
        group.write(board, by, on ? 1 : 0);
    }

    @Override
    public void target(Board board, int cpu, Domain domain, int virq, int mask) {
        int to = Integer.numberOfTrailingZeros(mask);
        if (to < domain.vcpus.size()) {
            long address = distributor(board, domain) + IROUTER + 8L * virq;
            write(board, cpu, domain, address, 8, domain.vcpus.get(to).affinityFields());
        }
    }

    @Override
    public long page(Board board, Domain domain, int vcpu, int virq) {
        return virq < Intids.PRIVATE
                ? frames(board, domain) + vcpu * FRAME + PAGE
                : distributor(board, domain);
    }

    @Override
    public OptionalInt source(int acknowledged) {
        return OptionalInt.empty();
    }
}

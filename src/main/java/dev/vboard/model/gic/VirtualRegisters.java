package dev.vboard.model.gic;

import dev.vboard.model.core.SystemRegisters;

/** The ICH_* registers (IHI 0069 12.4) by name and encoding; EL2 reaches them, EL1 does not. */
final class VirtualRegisters {
    private static final int EL2 = 2;
    private static final long WORD = 0xFFFF_FFFFL;

    private final HypervisorInterface hypervisor;

    VirtualRegisters(HypervisorInterface hypervisor) {
        this.hypervisor = hypervisor;
    }

    void declare(SystemRegisters registers) {
        ListRegisters lists = hypervisor.lists;
        declare(
                registers,
                InterfaceRegister.ICH_HCR_EL2,
                (board, by) -> hypervisor.control(board, by.cpu()) & WORD,
                (board, by, value) -> hypervisor.setControl(board, by.cpu(), value));
        declare(
                registers,
                InterfaceRegister.ICH_VMCR_EL2,
                (board, by) -> hypervisor.machineControl(board, by.cpu()) & WORD,
                (board, by, value) -> hypervisor.setMachineControl(board, by.cpu(), value));
        long type = (ListRegisters.TYPE | lists.count() - 1) & WORD;
        readOnly(registers, InterfaceRegister.ICH_VTR_EL2, (_, _) -> type);
        readOnly(
                registers,
                InterfaceRegister.ICH_MISR_EL2,
                (board, by) -> hypervisor.status(board, by.cpu()));
        readOnly(
                registers,
                InterfaceRegister.ICH_EISR_EL2,
                (board, by) -> lists.ended(board, by.cpu()));
        readOnly(
                registers,
                InterfaceRegister.ICH_ELRSR_EL2,
                (board, by) -> lists.empty(board, by.cpu()));
        active(registers, InterfaceRegister.ICH_AP0R0_EL2, true);
        active(registers, InterfaceRegister.ICH_AP1R0_EL2, false);
        for (int i = 0; i < lists.count(); i++) {
            int n = i;
            int ordinal = InterfaceRegister.ICH_LR0_EL2.ordinal() + n;
            declare(
                    registers,
                    InterfaceRegister.values()[ordinal],
                    (board, by) -> lists.get(board, by.cpu(), n),
                    (board, by, value) -> hypervisor.write(board, by.cpu(), n, value));
        }
    }

    private void active(SystemRegisters registers, InterfaceRegister register, boolean zero) {
        declare(
                registers,
                register,
                (board, by) -> hypervisor.active(board, by.cpu(), zero) & WORD,
                (board, by, value) -> hypervisor.setActive(board, by.cpu(), zero, value));
    }

    private static void declare(
            SystemRegisters registers,
            InterfaceRegister register,
            SystemRegisters.Read read,
            SystemRegisters.Write write) {
        registers.declare(register.name(), register.encoding(), EL2, read, write);
    }

    private static void readOnly(
            SystemRegisters registers, InterfaceRegister register, SystemRegisters.Read read) {
        registers.readOnly(register.name(), register.encoding(), EL2, read);
    }
}

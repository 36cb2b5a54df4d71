package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Events;
import dev.vboard.model.core.Faults;
import dev.vboard.model.core.Faults.Fault;
import dev.vboard.model.core.Faults.Kind;
import dev.vboard.model.core.Firmware;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.firmware.Psci;
import dev.vboard.model.firmware.PsciFunction;
import dev.vboard.model.firmware.StartFault;

import java.util.List;
import java.util.Optional;

/**
 * Firmware that injected faults meddle with: it answers another code, a core it starts dies, one it
 * stops takes its time, and one that gets power is another one.
 */
final class FirmwareFaults implements Firmware {
    private final Faults faults;
    private final Psci psci;
    private final List<Cpu> cpus;
    private final Clock clock;

    FirmwareFaults(Faults faults, Psci psci, List<Cpu> cpus, Clock clock) {
        this.faults = faults;
        this.psci = psci;
        this.cpus = cpus;
        this.clock = clock;
    }

    @Override
    public boolean smc(Board board, Access by) {
        int id = cpus.get(by.cpu()).gprs().x(0).getInt(board);
        if (by.secure() || !PsciFunction.isId(id)) {
            return psci.smc(board, by);
        }
        PsciFunction function = PsciFunction.ofId(id);
        Optional<Fault> answer =
                faults.strike(board, Kind.PSCI_RESULT, by.cpu(), function.number());
        if (answer.isPresent()) {
            int code = (int) answer.get().value();
            cpus.get(by.cpu()).gprs().x(0).set(board, code);
            EventType.PSCI_CALL.emit(
                    board,
                    clock.now(board),
                    by.cpu(),
                    Events.ABSENT,
                    Events.ABSENT,
                    code,
                    function.name());
            return true;
        }
        if (function == PsciFunction.CPU_ON) {
            long target = cpus.get(by.cpu()).gprs().x(1).get(board);
            boolean returned = psci.smc(board, by);
            started(board, by, target);
            return returned;
        }
        boolean returned = psci.smc(board, by);
        if (function == PsciFunction.CPU_OFF && !returned) {
            faults.strike(board, Kind.CPU_OFF_SLOW, by.cpu(), Faults.ANY)
                    .ifPresent(slow -> psci.delayCpuOff(board, by.cpu(), slow.value()));
        }
        return returned;
    }

    /** CPU_ON has been answered; an accepted one may start a core that is dead. */
    private void started(Board board, Access by, long target) {
        boolean accepted = cpus.get(by.cpu()).gprs().x(0).getInt(board) == 0;
        int cpu = accepted ? psci.cpuAt(target) : -1;
        if (cpu >= 0
                && faults.strike(board, Kind.CPU_NEVER_STARTS, cpu, Faults.ANY).isPresent()) {
            psci.startFault(board, cpu, StartFault.NEVER_STARTS);
        }
    }

    /** A core has got power and stands at its entry point. */
    void released(Board board, Cpu cpu) {
        faults.strike(board, Kind.CPU_IDENTITY, cpu.id(), Faults.ANY)
                .ifPresent(other ->
                        cpu.exchange(board, other.value(), other.paBits(), other.dcacheLine()));
    }
}

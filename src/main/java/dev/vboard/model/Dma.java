package dev.vboard.model;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Ram;
import dev.vboard.model.core.Refusal;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.report.DmaAnswer;
import dev.vboard.model.report.DmaAnswer.Outcome;
import dev.vboard.model.report.U64;
import dev.vboard.model.smmu.Smmu;
import dev.vboard.model.smmu.Smmu.Passage;
import dev.vboard.model.smmu.TableWalk;
import dev.vboard.model.xen.Hypervisor;
import dev.vboard.model.xen.Stage2;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What masters do on the bus: through their SMMU to memory, or not (devices.md 5). While the board
 * sleeps the interconnect does not answer.
 */
final class Dma {
    private final Hardware hardware;
    private final Hypervisor xen;

    Dma(Hardware hardware, Hypervisor xen) {
        this.hardware = hardware;
        this.xen = xen;
    }

    Reply access(Board board, Action.Dma dma) {
        Optional<DeviceSpec> found = hardware.profile.device(dma.device());
        if (found.isEmpty()) {
            return Reply.refuse(DeviceActions.noDevice(dma.device(), hardware.profile.devices()));
        }
        DeviceSpec device = found.get();
        if (!device.dma()) {
            return Reply.refuse(Refusal.conflict(
                    "no-dma",
                    "this device does not master the bus",
                    List.of("device " + device.name()),
                    List.of()));
        }
        if (hardware.wake.asleep(board)) {
            hardware.abortedDma.add(board, 1);
            return answer(Outcome.ABORTED);
        }
        if (!hardware.powered(board, hardware.profile.devices().indexOf(device))) {
            return answer(Outcome.ABORTED);
        }
        Optional<Smmu> smmu = device.smmu().flatMap(this::smmu);
        return smmu.isPresent()
                ? through(board, smmu.get(), device, dma)
                : untranslated(board, dma);
    }

    private Optional<Smmu> smmu(String name) {
        for (Device device : hardware.devices) {
            if (device.name().equals(name) && device instanceof Smmu smmu) {
                return Optional.of(smmu);
            }
        }
        return Optional.empty();
    }

    private Reply through(Board board, Smmu smmu, DeviceSpec device, Action.Dma dma) {
        int stream = hardware.profile.streamOf(device);
        boolean write = dma.write().isPresent();
        Passage passage = smmu.pass(board, stream, dma.address(), write);
        check(board, device, dma, passage);
        return switch (passage.kind()) {
            case ABORT -> answer(Outcome.ABORTED);
            case BYPASS -> {
                hardware.bypassedDma.add(board, 1);
                yield untranslated(board, dma);
            }
            case FAULT -> faulted(board, device, dma);
            case TRANSLATE -> {
                Optional<Stage2.Mapped> mapped = mapped(board, passage, dma);
                if (mapped.isEmpty()) {
                    smmu.notMapped(board, stream, passage, dma.address(), write);
                    yield faulted(board, device, dma);
                }
                yield translated(board, mapped.get(), dma);
            }
        };
    }

    /** Xen drives the IOMMUs: what the owner has must be within reach of its device (I19). */
    private void check(Board board, DeviceSpec device, Action.Dma dma, Passage passage) {
        if (board.has(Board.XEN) && !xen.hostSuspend().steps().iommuDown(board)) {
            int owner = xen.devices().ownerSlot(board, device);
            if (owner != 0 && xen.guests().stage2().reaches(board, owner, dma.address())) {
                xen.checks().dma(board, passage.kind() == Smmu.Kind.TRANSLATE);
            }
        }
    }

    /** What the tables say: Xen's do not stand in memory, those of other software do. */
    private Optional<Stage2.Mapped> mapped(Board board, Passage passage, Action.Dma dma) {
        if (board.has(Board.XEN)) {
            return xen.guests().stage2().walk(board, passage.root(), dma.address(), Long.BYTES);
        }
        OptionalLong physical = TableWalk.walk(
                board,
                passage.root(),
                passage.geometry(),
                dma.address(),
                dma.write().isPresent());
        return physical.isPresent() && isMemory(physical.getAsLong())
                ? Optional.of(new Stage2.Mapped(0, physical.getAsLong(), physical.getAsLong()))
                : Optional.empty();
    }

    private boolean isMemory(long address) {
        return hardware.bus.answers(address, Long.BYTES)
                && hardware.bus.nameAt(address).equals("memory");
    }

    private Reply translated(Board board, Stage2.Mapped mapped, Action.Dma dma) {
        if (dma.write().isPresent()) {
            if (!board.ram().hasRoomFor(mapped.space(), mapped.address())) {
                return Reply.refuse(Ram.full());
            }
            long value = dma.write().getAsLong();
            board.ram().write(mapped.space(), mapped.address(), Long.BYTES, value);
        }
        return Reply.now(new DmaAnswer(Outcome.TRANSLATED, Optional.of(U64.of(mapped.physical()))));
    }

    private Reply faulted(Board board, DeviceSpec device, Action.Dma dma) {
        hardware.faultedDma.add(board, 1);
        EventType.DMA_FAULT.emit(board, hardware.clock.now(board), dma.address(), device.name());
        return answer(Outcome.FAULT);
    }

    /** The address is the bus's; what is not memory does not answer a master. */
    private Reply untranslated(Board board, Action.Dma dma) {
        if (!isMemory(dma.address())) {
            return answer(Outcome.ABORTED);
        }
        if (dma.write().isPresent()) {
            if (!board.ram().hasRoomFor(0, dma.address())) {
                return Reply.refuse(Ram.full());
            }
            hardware.bus.write(
                    board, Access.el2(0), dma.address(), Long.BYTES, dma.write().getAsLong());
        }
        return Reply.now(new DmaAnswer(Outcome.BYPASS, Optional.of(U64.of(dma.address()))));
    }

    private static Reply answer(Outcome outcome) {
        return Reply.now(new DmaAnswer(outcome, Optional.empty()));
    }
}

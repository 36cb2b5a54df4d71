package dev.vboard.model;

import dev.vboard.model.SystemRegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.cpu.Cpu;
import dev.vboard.model.cpu.CpuMasks;
import dev.vboard.model.cpu.CpuSystemRegisters;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.timer.GenericTimer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The CPUs' system registers and the generic timer's, as their tables say (devices.md 1, 6). */
class CpuRegistersTest {
    private final BoardProfile profile = TestProfiles.zcu102();
    private final Layout layout = Layout.segment("hardware", Board.HARDWARE);
    private final SystemRegisters registers = new SystemRegisters();

    CpuRegistersTest() {
        Clock clock = new Clock(layout, profile.counterHz());
        Lines lines = new Lines(layout, new Intids(profile.cpus().size(), 192));
        CpuMasks masks = new CpuMasks(layout, profile.cpus().size());
        List<Cpu> cpus = new ArrayList<>();
        List<Layout> ofCpu = new ArrayList<>();
        profile.cpus().forEach(spec -> {
            cpus.add(new Cpu(layout, masks, spec, Layout.ALWAYS_ON));
            ofCpu.add(layout.named("cpu" + spec.id()));
        });
        CpuSystemRegisters.declare(registers, cpus);
        new GenericTimer(ofCpu, clock, lines, registers);
    }

    @ParameterizedTest
    @CsvSource({"cpu", "generic-timer"})
    void theRegistersAreAsTheirTableSays(String table) throws IOException {
        SystemRegisterText text = SystemRegisterText.named(table);
        text.check(view(0, "EL3", cpu -> Access.el3(cpu)));
        text.check(view(1, "EL2", cpu -> Access.el2(cpu)));
        text.check(view(2, "EL1", cpu -> Access.el1(cpu)));
    }

    private View view(int column, String name, IntFunction<Access> access) {
        return new View(column, name, registers, this::fresh, access);
    }

    private Board fresh() {
        Board board = new Board(1);
        board.attach(layout.build());
        return board;
    }
}

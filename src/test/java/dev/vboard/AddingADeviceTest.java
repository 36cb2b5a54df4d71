package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.Documents.Block;
import dev.vboard.model.DeviceBench;
import dev.vboard.model.RegisterText;
import dev.vboard.model.RegisterText.View;
import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Device;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Lines;
import dev.vboard.model.core.Shape;
import dev.vboard.model.profile.DeviceSpec;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** docs/adding-a-device.md: its class and its test compile and run, its table is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddingADeviceTest {
    private static final String GUIDE = "docs/adding-a-device.md";
    private static final String PACKAGE = "dev.vboard.model.peripheral.";

    private final List<Block> blocks = Documents.blocks(GUIDE, Documents.read(Path.of(GUIDE)));
    private ClassLoader compiled = ClassLoader.getSystemClassLoader();

    @BeforeAll
    void compile(@TempDir Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("TamperSwitch", "TamperSwitchTest")) {
            Path file = directory.resolve(name + ".java");
            Files.writeString(file, source("class " + name + " "));
            files.add(file);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", directory.toString());
            boolean done = compiler.getTask(
                            messages,
                            manager,
                            null,
                            options,
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
        URL[] where = {directory.toUri().toURL()};
        compiled = new URLClassLoader(where, getClass().getClassLoader());
        assertThat(compiled.getResource("dev/vboard/model/peripheral/TamperSwitch.class"))
                .isNotNull();
    }

    private String source(String declaration) {
        List<Block> found = blocks.stream()
                .filter(block -> block.tag().equals("java"))
                .filter(block -> block.text().contains(declaration))
                .toList();
        assertThat(found).as(declaration).hasSize(1);
        return found.getFirst().text();
    }

    @Test
    void itsTestPasses() throws ReflectiveOperationException {
        Class<?> test = compiled.loadClass(PACKAGE + "TamperSwitchTest");
        int run = 0;
        for (Method method : test.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                Constructor<?> constructor = test.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
                run++;
            }
        }
        assertThat(run).isEqualTo(2);
    }

    @Test
    void itsRegistersAreAsItsTableSays() throws ReflectiveOperationException {
        Layout layout = Layout.segment("hardware", 0);
        Lines lines = new Lines(layout, new Intids(1, 64));
        Device device = (Device) compiled.loadClass(PACKAGE + "TamperSwitch")
                .getConstructor(Layout.class, DeviceSpec.class, Lines.class)
                .newInstance(layout, DeviceBench.spec("bare", List.of(32), "level"), lines);
        Shape shape = layout.build();
        String table = blocks.stream()
                .filter(block -> block.text().startsWith("# offset"))
                .findFirst()
                .orElseThrow()
                .text();
        RegisterText text = RegisterText.of(table);
        assertThat(text.declared()).containsExactly("LID@0x0", "LATCH@0x4", "ENABLE@0x8");
        text.check(new View(
                0,
                "the guide",
                device.registers().getFirst(),
                () -> {
                    Board board = new Board(1);
                    board.attach(shape);
                    return board;
                },
                Access::el2));
    }
}

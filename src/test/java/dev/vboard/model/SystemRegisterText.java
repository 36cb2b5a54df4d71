package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.SystemRegisters;
import dev.vboard.model.core.SystemRegisters.SystemRegister;

import org.assertj.core.api.SoftAssertions;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Checks system registers against a text typed from their manual, one line a register:
 *
 * <pre>encoding name kind reset ones zeros</pre>
 *
 * <ul>
 *   <li>{@code kind}: {@code cpu} for one that each CPU has for itself and that is read and
 *       written, {@code -} for one that is the same for all, {@code ro} and {@code wo} for one that
 *       can only be read or written, {@code no} for one that is undefined
 *   <li>{@code reset}, {@code ones}, {@code zeros}: what it reads at first, after all ones and
 *       after zero were written
 * </ul>
 *
 * The last three have one value, or one for each view, parted by slashes; {@code =} repeats the
 * column before, {@code -} is an undefined instruction.
 */
public final class SystemRegisterText {
    private static final int CPU = 1;
    private static final int OTHER_CPU = 0;
    private static final String UNDEFINED = "-";

    private final List<Line> lines;

    private record Line(
            String encoding,
            String name,
            String kind,
            List<String> reset,
            List<String> ones,
            List<String> zeros) {}

    /**
     * One way to look at the registers.
     *
     * @param column which of a line's values apply, from 0
     * @param name what it is, for messages
     * @param registers the registers
     * @param fresh makes a board in reset
     * @param access how a CPU reaches them
     */
    public record View(
            int column,
            String name,
            SystemRegisters registers,
            Supplier<Board> fresh,
            IntFunction<Access> access) {}

    private SystemRegisterText(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads {@code /registers/<name>.txt}. */
    public static SystemRegisterText named(String name) throws IOException {
        List<String[]> rows = RegisterText.rows(RegisterText.table(name));
        return new SystemRegisterText(
                rows.stream().map(SystemRegisterText::parse).toList());
    }

    private static Line parse(String... columns) {
        assertThat(columns).hasSize(6);
        return new Line(
                columns[0],
                columns[1],
                columns[2],
                RegisterText.values(columns, 3),
                RegisterText.values(columns, 4),
                RegisterText.values(columns, 5));
    }

    /** The names of all lines. */
    public List<String> names() {
        return lines.stream().map(Line::name).toList();
    }

    /** Checks every line in one view. */
    public void check(View view) {
        SoftAssertions soft = new SoftAssertions();
        for (Line line : lines) {
            SystemRegister register = view.registers().get(line.name);
            soft.assertThat(view.registers().find(line.encoding))
                    .as(line.name + " by encoding")
                    .hasValue(register);
            new Check(view, line, register, view.fresh().get(), soft).run();
        }
        soft.assertAll();
    }

    /** One register in one view. */
    private record Check(
            View view, Line line, SystemRegister register, Board board, SoftAssertions soft) {
        void run() {
            String reset = value(line.reset);
            boolean defined = !line.kind.equals("no") && !reset.equals(UNDEFINED);
            expectPermits(false, defined && !line.kind.equals("wo"));
            expectPermits(true, defined && !line.kind.equals("ro"));
            if (!defined || line.kind.equals("wo")) {
                return;
            }
            expect(CPU, reset, "in reset");
            long elsewhere = read(OTHER_CPU);
            if (!line.kind.equals("ro")) {
                register.write(board, by(CPU), -1L);
                expect(CPU, value(line.ones), "after writing ones");
                if (line.kind.equals("cpu")) {
                    soft.assertThat(read(OTHER_CPU))
                            .as("%s the other CPU's", title())
                            .isEqualTo(elsewhere);
                }
                register.write(board, by(CPU), 0);
                expect(CPU, value(line.zeros), "after writing zero");
            }
        }

        private void expectPermits(boolean writing, boolean expected) {
            soft.assertThat(register.permits(board, by(CPU), writing))
                    .as("%s may be %s", title(), writing ? "written" : "read")
                    .isEqualTo(expected);
        }

        private String value(List<String> values) {
            return values.size() == 1 ? values.getFirst() : values.get(view.column());
        }

        private void expect(int cpu, String value, String when) {
            soft.assertThat(read(cpu))
                    .as("%s %s", title(), when)
                    .isEqualTo(Long.parseUnsignedLong(value.replaceFirst("^0x", ""), radix(value)));
        }

        private static int radix(String value) {
            return value.startsWith("0x") ? 16 : 10;
        }

        private Access by(int cpu) {
            return view.access().apply(cpu);
        }

        private long read(int cpu) {
            return register.read(board, by(cpu));
        }

        private String title() {
            return view.name() + " " + line.name;
        }
    }
}

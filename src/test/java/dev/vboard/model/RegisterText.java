package dev.vboard.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.core.Access;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Registers;

import org.assertj.core.api.SoftAssertions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Checks a register bank against a text typed from its manual, one line a register:
 *
 * <pre>offset name count sizes banked reset ones zeros</pre>
 *
 * <ul>
 *   <li>{@code count}: how many equal registers stand side by side; all are checked
 *   <li>{@code sizes}: the access sizes in bytes that work, by commas; the others are RAZ/WI. The
 *       first is the register's own
 *   <li>{@code banked}: {@code cpu} when each CPU has its own, {@code -} when all share one
 *   <li>{@code reset}: what a fresh register reads
 *   <li>{@code ones}: what it reads after all ones were written to a fresh one
 *   <li>{@code zeros}: what it reads after zero was then written
 * </ul>
 *
 * The last three have one value, or one for each view, parted by slashes; {@code =} repeats the
 * column before, {@code ?} leaves it unchecked. Values are those of an access in the first size;
 * the other sizes are seen to read the same low bits.
 */
public final class RegisterText {
    private static final int CPU = 1;
    private static final int OTHER_CPU = 0;

    private final List<Line> lines;

    private record Line(
            long offset,
            String name,
            int count,
            List<Integer> sizes,
            boolean banked,
            List<String> reset,
            List<String> ones,
            List<String> zeros) {}

    /**
     * One way to look at the bank.
     *
     * @param column which of a line's values apply, from 0
     * @param name what it is, for messages
     * @param bank the registers
     * @param fresh makes a board in reset
     * @param access how a CPU reaches it
     */
    public record View(
            int column,
            String name,
            Registers bank,
            Supplier<Board> fresh,
            IntFunction<Access> access) {}

    private RegisterText(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads {@code /registers/<name>.txt}. */
    public static RegisterText named(String name) throws IOException {
        return of(table(name));
    }

    /** The text of {@code /registers/<name>.txt}. */
    static String table(String name) throws IOException {
        try (InputStream in =
                RegisterText.class.getResourceAsStream("/registers/" + name + ".txt")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The lines of a table, comments left out, as columns. */
    static List<String[]> rows(String table) {
        List<String[]> rows = table.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("\\s+"))
                .toList();
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /** The values in a column, which may repeat those of the one before. */
    static List<String> values(String[] columns, int column) {
        return columns[column].equals("=")
                ? values(columns, column - 1)
                : List.of(columns[column].split("/"));
    }

    /** Reads a table. */
    public static RegisterText of(String table) {
        return new RegisterText(rows(table).stream().map(RegisterText::parse).toList());
    }

    private static Line parse(String... columns) {
        assertThat(columns).hasSize(8);
        List<Integer> sizes =
                List.of(columns[3].split(",")).stream().map(Integer::valueOf).toList();
        return new Line(
                Long.decode(columns[0]),
                columns[1],
                Integer.parseInt(columns[2]),
                sizes,
                columns[4].equals("cpu"),
                values(columns, 5),
                values(columns, 6),
                values(columns, 7));
    }

    /** The names and offsets of all lines, as {@code name@offset}. */
    public List<String> declared() {
        return lines.stream()
                .map(line -> line.name + "@0x" + Long.toHexString(line.offset))
                .toList();
    }

    /** Checks every line in one view. */
    public void check(View view) {
        SoftAssertions soft = new SoftAssertions();
        for (Line line : lines) {
            for (int i = 0; i < line.count; i++) {
                long offset = line.offset + (long) i * line.sizes.getFirst();
                new Check(view, line, offset, soft).run();
            }
        }
        soft.assertAll();
    }

    /** One register in one view. */
    private record Check(View view, Line line, long offset, SoftAssertions soft) {
        void run() {
            Board board = view.fresh().get();
            int size = line.sizes.getFirst();
            expect(board, CPU, line.reset, "in reset");
            otherSizes(board);
            long elsewhere = read(board, OTHER_CPU, size);
            write(board, size, -1L);
            expect(board, CPU, line.ones, "after writing ones");
            if (line.banked) {
                soft.assertThat(read(board, OTHER_CPU, size))
                        .as("%s the other CPU's", title())
                        .isEqualTo(elsewhere);
            } else {
                expect(board, OTHER_CPU, line.ones, "after writing ones, read by another CPU");
            }
            write(board, size, 0);
            expect(board, CPU, line.zeros, "after writing zero");
        }

        private void otherSizes(Board board) {
            for (int size : List.of(1, 2, 4)) {
                if (size != line.sizes.getFirst() && offset % size == 0) {
                    otherSize(board, size);
                }
            }
        }

        private void otherSize(Board board, int size) {
            long value = read(board, CPU, size);
            if (line.sizes.contains(size)) {
                long mask = (1L << 8 * Math.min(size, line.sizes.getFirst())) - 1;
                soft.assertThat(value & mask)
                        .as("%s by %s", title(), size)
                        .isEqualTo(read(board, CPU, line.sizes.getFirst()) & mask);
            } else {
                soft.assertThat(value).as("%s by %s", title(), size).isZero();
                write(board, size, -1L);
                expect(board, CPU, line.reset, "after a write of size " + size);
            }
        }

        private void expect(Board board, int cpu, List<String> values, String when) {
            String value = values.size() == 1 ? values.getFirst() : values.get(view.column());
            if (!value.equals("?")) {
                soft.assertThat(read(board, cpu, line.sizes.getFirst()))
                        .as("%s %s", title(), when)
                        .isEqualTo(Long.decode(value));
            }
        }

        private long read(Board board, int cpu, int size) {
            return view.bank().read(board, view.access().apply(cpu), offset, size);
        }

        private void write(Board board, int size, long value) {
            view.bank().write(board, view.access().apply(CPU), offset, size, value);
        }

        private String title() {
            return view.name() + " " + line.name + " @0x" + Long.toHexString(offset);
        }
    }
}

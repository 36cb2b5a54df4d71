package dev.vboard;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What a source file must look like; each check answers with its complaints about one text. */
final class Tidy {

    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int COLUMNS = 100;

    /** Such a name says that a type has no subject of its own. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile("Abstract\\p{Upper}.*|.*(Manager|Helper|Utils?|Impl)");

    /** Work that is put off belongs in an issue. Split here, or this file would name itself. */
    private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    /** A test that sleeps is slow or flaky, one that is skipped proves nothing. */
    private static final Pattern SKIPS = Pattern.compile(
            "\\bThread\\s*\\.\\s*sl" + "eep\\b|@Dis" + "abled|\\bassum(e|ing)(True|False|That)\\b");

    private static final Pattern FIRST_SENTENCE =
            Pattern.compile("(?s)^/\\*\\*(.*?)\\*/\\s*@NullMarked\\s*package ");

    private Tidy() {}

    static List<String> longFile(String name, String text) {
        long lines = text.lines().count();
        return lines <= FILE_LINES ? List.of() : List.of(name + " has " + lines + " lines");
    }

    static List<String> longLines(String name, String text) {
        List<String> complaints = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int columns = lines.get(i).codePointCount(0, lines.get(i).length());
            if (columns > COLUMNS) {
                complaints.add(name + ":" + (i + 1) + " has " + columns + " columns");
            }
        }
        return complaints;
    }

    static List<String> putOffWork(String name, String text) {
        return occurrences(name, text, PUT_OFF);
    }

    static List<String> sleepingOrSkippedTests(String name, String text) {
        return occurrences(name, text, SKIPS);
    }

    /** A package-info opens with Javadoc that holds at least one sentence. */
    static List<String> unexplainedPackage(String name, String text) {
        var javadoc = FIRST_SENTENCE.matcher(text);
        boolean explained = javadoc.find()
                && Pattern.compile("\\w[^.]{10,}\\.").matcher(javadoc.group(1)).find();
        return explained ? List.of() : List.of(name + " does not say what the package is for");
    }

    /**
     * Long methods, constructors and lambdas, and types whose names say nothing. All texts go
     * through one compiler, since starting one costs more than reading a file.
     */
    static List<String> structure(Map<String, String> textByName) {
        List<JavaFileObject> files = new ArrayList<>();
        textByName.forEach((name, text) -> files.add(file(name, text)));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, null, null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<String> complaints = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Structure(unit, positions, complaints), null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return complaints;
    }

    private static List<String> occurrences(String name, String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(r ->
                        name + ":" + text.substring(0, r.start()).lines().count() + " " + r.group())
                .toList();
    }

    private static JavaFileObject file(String name, String text) {
        URI uri = URI.create("string:///" + name);
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static final class Structure extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final String name;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> complaints;

        Structure(CompilationUnitTree unit, SourcePositions positions, List<String> complaints) {
            this.name = unit.getSourceFile().getName().substring(1);
            this.unit = unit;
            this.positions = positions;
            this.complaints = complaints;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void context) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                complaints.add(name + " names a type " + type.getSimpleName());
            }
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void context) {
            measure(method, method.getName().toString());
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitLambdaExpression(
                LambdaExpressionTree lambda, @Nullable Void context) {
            measure(lambda, "a lambda");
            return super.visitLambdaExpression(lambda, null);
        }

        private void measure(Tree tree, String what) {
            long first = lineOf(positions.getStartPosition(unit, tree));
            long last = lineOf(positions.getEndPosition(unit, tree));
            if (last - first + 1 > METHOD_LINES) {
                complaints.add(
                        name + ":" + first + " " + what + " has " + (last - first + 1) + " lines");
            }
        }

        private long lineOf(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}

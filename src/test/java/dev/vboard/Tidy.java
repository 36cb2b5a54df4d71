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

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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

    /** Long methods, constructors and lambdas, and types whose names say nothing. */
    static List<String> structure(String name, String text) {
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, _ -> {}, null, null, List.of(file(text)));
            List<String> complaints = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                SourcePositions positions = Trees.instance(task).getSourcePositions();
                unit.accept(new Structure(name, unit, positions, complaints), null);
            }
            return complaints;
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static List<String> occurrences(String name, String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(r ->
                        name + ":" + text.substring(0, r.start()).lines().count() + " " + r.group())
                .toList();
    }

    private static JavaFileObject file(String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///T.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static final class Structure extends TreeScanner<Void, Void> {
        private final String name;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> complaints;

        Structure(
                String name,
                CompilationUnitTree unit,
                SourcePositions positions,
                List<String> complaints) {
            this.name = name;
            this.unit = unit;
            this.positions = positions;
            this.complaints = complaints;
        }

        @Override
        public Void visitClass(ClassTree type, Void context) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                complaints.add(name + " names a type " + type.getSimpleName());
            }
            return super.visitClass(type, context);
        }

        @Override
        public Void visitMethod(MethodTree method, Void context) {
            measure(method, method.getName().toString());
            return super.visitMethod(method, context);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, Void context) {
            measure(lambda, "a lambda");
            return super.visitLambdaExpression(lambda, context);
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

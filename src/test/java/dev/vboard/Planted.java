package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources that break rules on purpose: written as text, compiled apart, never in the product. */
final class Planted {

    static final String ROOT = "dev.vboard.planted";

    private final List<JavaFileObject> sources = new ArrayList<>();

    /**
     * Plants a type.
     *
     * @param name its name below the root, {@code "model.gic.Leaky"}
     * @param code its declaration and body; {@code ROOT.} stands for the root package
     */
    Planted type(String name, String code) {
        String full = ROOT + "." + name;
        String inPackage = full.substring(0, full.lastIndexOf('.'));
        return source(full, "package " + inPackage + ";\n" + code.replace("ROOT.", ROOT + "."));
    }

    /** Plants a package-info that marks its package. */
    Planted markedPackage(String name) {
        String full = ROOT + "." + name;
        return source(
                full + ".package-info",
                "@org.jspecify.annotations.NullMarked package " + full + ";");
    }

    /** Compiles what was planted and reads it back as classes. */
    JavaClasses compile(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-d", directory.toString());
            boolean compiled = compiler.getTask(messages, files, null, options, null, sources)
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        return new ClassFileImporter().importPath(directory);
    }

    private Planted source(String fullName, String text) {
        URI uri = URI.create("string:///" + fullName.replace('.', '/') + ".java");
        sources.add(new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        });
        return this;
    }
}

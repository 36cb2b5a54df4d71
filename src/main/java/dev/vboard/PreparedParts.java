package dev.vboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The image is told when it is built which of Spring's parts the service has, since finding out
 * takes a third of a start. Settings may ask for others. So only a start without any that could is
 * made of the prepared parts; all others find out anew.
 */
final class PreparedParts {
    /** The property by which Spring uses what was prepared. */
    static final String PROPERTY = "spring.aot.enabled";

    /** Settings that say how a part works, never whether it is there. */
    private static final List<String> HARMLESS = List.of(PROPERTY, "server.address", "server.port");

    /** Beginnings of the settings of Spring Boot that can say so. */
    private static final List<String> POWERFUL = List.of("spring.", "server.", "management.");

    /** Where Spring Boot looks for settings beside the jar. */
    private static final List<String> FILES =
            List.of("config", "application.properties", "application.yaml", "application.yml");

    private PreparedParts() {}

    /**
     * Whether they serve.
     *
     * @param arguments of the command line
     * @param names of environment variables and system properties
     * @param folder the working directory
     */
    static boolean serve(List<String> arguments, Collection<String> names, Path folder) {
        List<String> settings = new ArrayList<>(names);
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                settings.add(argument.substring(2).split("=", 2)[0]);
            }
        }
        return settings.stream().noneMatch(PreparedParts::mayAskForOthers)
                && FILES.stream().noneMatch(file -> Files.exists(folder.resolve(file)));
    }

    private static boolean mayAskForOthers(String name) {
        String setting = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return !HARMLESS.contains(setting) && POWERFUL.stream().anyMatch(setting::startsWith);
    }
}

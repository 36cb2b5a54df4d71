package dev.vboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** When a start may be made of the parts that were prepared with the image. */
class PreparedPartsTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVER_PORT",
                "SERVER_ADDRESS",
                "VBOARD_LIMITS_BOARDS",
                "LOGGING_LEVEL_ROOT",
                "JAVA_TOOL_OPTIONS",
                "PATH",
                "spring.aot.enabled",
                "server.port",
                "java.home"
            })
    void settingsThatOnlySayHowAPartWorksLeaveThemAsTheyAre(String name) {
        assertThat(PreparedParts.serve(List.of(), List.of("HOME", name), folder))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MANAGEMENT_SERVER_PORT",
                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE",
                "SPRING_PROFILES_ACTIVE",
                "SPRING_APPLICATION_JSON",
                "SERVER_FORWARD_HEADERS_STRATEGY",
                "SERVER_PORTS",
                "spring.threads.virtual.enabled",
                "server.ssl.bundle"
            })
    void settingsThatMayAddOrRemoveAPartAreHeeded(String name) {
        assertThat(PreparedParts.serve(List.of(), List.of("HOME", name), folder))
                .isFalse();
    }

    @Test
    void argumentsAreSettingsToo() {
        assertThat(PreparedParts.serve(
                        List.of("--server.port=9090", "--vboard.limits.boards=7", "word"),
                        List.of(),
                        folder))
                .isTrue();
        assertThat(PreparedParts.serve(List.of("--management.server.port=1"), List.of(), folder))
                .isFalse();
        assertThat(PreparedParts.serve(List.of("--spring.config.name=a"), List.of(), folder))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.properties", "application.yml", "application.yaml"})
    void aFileOfSettingsBesideTheJarIsHeeded(String name) throws IOException {
        assertThat(PreparedParts.serve(List.of(), List.of(), folder)).isTrue();
        Files.createFile(folder.resolve(name));
        assertThat(PreparedParts.serve(List.of(), List.of(), folder)).isFalse();
    }

    @Test
    void aFolderOfSettingsBesideTheJarIsHeeded() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        assertThat(PreparedParts.serve(List.of(), List.of(), folder)).isFalse();
    }
}

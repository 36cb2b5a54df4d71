package dev.vboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The service: boards behind a REST interface. Components are looked for where they are: reading
 * the hundreds of classes of the model for annotations that none of them has takes time at each
 * start.
 */
@SpringBootApplication(
        scanBasePackages = {"dev.vboard.api", "dev.vboard.metrics", "dev.vboard.runtime"})
@Import(ListeningNotice.class)
public class VboardApplication {

    /** Starts the service; arguments are Spring Boot's ({@code --server.port=9090}). */
    public static void main(String[] args) {
        List<String> names = new ArrayList<>(System.getenv().keySet());
        names.addAll(System.getProperties().stringPropertyNames());
        if (!PreparedParts.serve(List.of(args), names, Path.of(""))) {
            System.setProperty(PreparedParts.PROPERTY, "false");
        }
        SpringApplication.run(VboardApplication.class, args);
    }
}

package dev.vboard;

import dev.vboard.catalog.Catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

import java.util.concurrent.CompletableFuture;

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
        // The profiles are read while Spring finds its beans: neither needs the other until later.
        CompletableFuture<Catalog> catalog = CompletableFuture.supplyAsync(Catalog::new);
        SpringApplication service = new SpringApplication(VboardApplication.class);
        service.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean(Catalog.class, catalog::join));
        service.run(args);
    }
}

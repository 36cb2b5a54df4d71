package dev.vboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service: boards behind a REST interface. */
@SpringBootApplication
public class VboardApplication {

    /** Starts the service; arguments are Spring Boot's ({@code --server.port=9090}). */
    public static void main(String[] args) {
        SpringApplication.run(VboardApplication.class, args);
    }
}

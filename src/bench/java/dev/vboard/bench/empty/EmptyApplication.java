package dev.vboard.bench.empty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application with the service's dependencies and no code. */
@SpringBootApplication
public class EmptyApplication {
    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(EmptyApplication.class, args);
    }
}

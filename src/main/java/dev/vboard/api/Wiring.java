package dev.vboard.api;

import dev.vboard.catalog.Catalog;
import dev.vboard.runtime.ServiceLimits;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

import java.util.function.Supplier;

/** What the service is made of that does not know Spring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceLimits.class)
class Wiring {
    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    /** The profiles: reading them takes time that the first answer need not wait for. */
    @Bean
    SingletonSupplier<Catalog> catalog() {
        return SingletonSupplier.of(Catalog::new);
    }

    /** The service is ready when they are read; one with a fault ends it. */
    @Bean
    ApplicationRunner profiles(Supplier<Catalog> catalog) {
        return _ -> log.info("Boards can be made of {}", catalog.get().ids());
    }
}

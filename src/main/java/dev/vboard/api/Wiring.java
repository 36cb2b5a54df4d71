package dev.vboard.api;

import dev.vboard.catalog.Catalog;
import dev.vboard.runtime.ServiceLimits;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the service is made of that does not know Spring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceLimits.class)
class Wiring {
    /** For those who do not start the service by its main method. */
    @Bean
    @ConditionalOnMissingBean
    Catalog catalog() {
        return new Catalog();
    }
}

package dev.vboard.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import java.io.IOException;

/**
 * Serves the contract at {@code /openapi.yaml} and Swagger UI over it at {@code /docs}. Nothing
 * here can generate a document: the page's files come from the webjar, the rest is written by hand.
 */
@Configuration(proxyBeanMethods = false)
class Docs implements WebMvcConfigurer {

    /** RFC 9512. */
    private static final MediaType YAML = new MediaType("application", "yaml");

    @Bean
    RouterFunction<ServerResponse> openApiDocument(Contract contract) {
        return RouterFunctions.resource(
                RequestPredicates.path("/openapi.yaml"),
                contract.document(),
                (_, headers) -> headers.setContentType(YAML));
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/docs", "/docs/index.html");
        registry.addRedirectViewController("/docs/", "/docs/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        String webjar = "META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";
        registry.addResourceHandler("/docs/**")
                .addResourceLocations(
                        new ClassPathResource("docs/"), new ClassPathResource(webjar));
    }

    /** The webjar names itself, so that only the build knows which version is in use. */
    private static String swaggerUiVersion() {
        String path = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
        try {
            return PropertiesLoaderUtils.loadAllProperties(path).getProperty("version", "");
        } catch (IOException e) {
            throw new IllegalStateException("Swagger UI is not on the class path", e);
        }
    }
}

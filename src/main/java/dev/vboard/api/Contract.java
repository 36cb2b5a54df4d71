package dev.vboard.api;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

import tools.jackson.core.JsonParser;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The hand-written OpenAPI document, the source of what the service offers. */
@Component
class Contract implements InfoContributor {

    private final Resource document = new ClassPathResource("openapi/vboard.yaml");
    private final SingletonSupplier<String> version = SingletonSupplier.of(this::readVersion);

    /** The document, byte for byte as it is written. */
    Resource document() {
        return document;
    }

    /** The document's own version; read when first asked for, since parsing costs start-up time. */
    String version() {
        return version.obtain();
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("spec", new Spec(version()));
    }

    /** Reads no further than it must: the document is long and its beginning tells. */
    private String readVersion() {
        try (InputStream in = document.getInputStream();
                JsonParser parser = new YAMLMapper().createParser(in)) {
            parser.nextToken();
            return enter(parser, "info") && enter(parser, "version") ? parser.getString() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes from the start of an object to the value of one of its properties. */
    private static boolean enter(JsonParser parser, String property) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals(property)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** What {@code /actuator/info} says about the contract. */
    record Spec(String version) {}
}

package dev.vboard;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.net.InetAddress;

/** Warns when the service can be reached from other machines: it asks nobody for a password. */
@Component
class ListeningNotice {

    private static final Logger log = LoggerFactory.getLogger(ListeningNotice.class);

    private final @Nullable InetAddress address;

    ListeningNotice(ServerProperties server) {
        this.address = server.getAddress();
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        int port = event.getWebServer().getPort();
        if (address != null && address.isLoopbackAddress()) {
            log.info("Listening on {}:{}, this machine only", address.getHostAddress(), port);
        } else {
            log.warn(
                    "Listening on {}:{}, reachable from other machines: callers are not"
                            + " authenticated. Set server.address to loopback or guard the port.",
                    address == null ? "every address" : address.getHostAddress(),
                    port);
        }
    }
}

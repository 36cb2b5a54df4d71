package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.action;
import static dev.vboard.api.BoardRoutes.change;
import static dev.vboard.api.BoardRoutes.changeNow;
import static dev.vboard.api.BoardRoutes.readStamped;

import dev.vboard.api.body.DeviceInput;
import dev.vboard.api.body.DeviceOwner;
import dev.vboard.api.body.DevicePage;
import dev.vboard.api.body.DmaRequest;
import dev.vboard.api.body.PowerDomainPage;
import dev.vboard.model.Action;
import dev.vboard.model.Query;
import dev.vboard.model.report.DeviceReport;
import dev.vboard.model.report.PowerDomainReport;
import dev.vboard.runtime.BoardRuntime.Turn;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.OptionalLong;

/** Devices and power domains. */
@Component
class DeviceCalls implements RouteGroup {
    private static final String DEVICE = "/devices/{device}";

    @Override
    public List<Route> routes() {
        return List.of(
                BoardRoutes.<DeviceReport>list(
                        "/devices", _ -> new Query.Devices(), DevicePage::new),
                readStamped(DEVICE, DeviceCalls::report),
                action("POST", DEVICE + "/dma", DeviceCalls::dma).takes(DmaRequest.class),
                changeNow("POST", DEVICE + "/input", DeviceCalls::input, DeviceCalls::report)
                        .takes(DeviceInput.class),
                change("PUT", DEVICE + "/owner", DeviceCalls::owner, DeviceCalls::report)
                        .takes(DeviceOwner.class),
                BoardRoutes.<PowerDomainReport>list(
                        "/power-domains", _ -> new Query.PowerDomains(), PowerDomainPage::new));
    }

    private static Query report(Call call) {
        return new Query.DeviceNamed(call.variable("device"));
    }

    private static Action dma(Call call) {
        DmaRequest body = call.body(DmaRequest.class);
        OptionalLong write = body.write() == null
                ? OptionalLong.empty()
                : OptionalLong.of(body.write().value());
        return new Action.Dma(call.variable("device"), body.address().value(), write);
    }

    private static Action input(Turn turn, Call call) {
        DeviceInput body = call.body(DeviceInput.class);
        String device = call.variable("device");
        int given = (body.data() == null ? 0 : 1)
                + (body.alarm() == null ? 0 : 1)
                + (body.level() == null ? 0 : 1);
        if (given != 1) {
            throw ProblemException.invalid("", "must have one of byte, alarm and level");
        }
        if (body.data() != null) {
            return new Action.DeviceInput(device, "byte", body.data());
        }
        if (body.level() != null) {
            return new Action.DeviceInput(device, "level", body.level() ? 1 : 0);
        }
        try {
            long at = java.util.Objects.requireNonNull(body.alarm()).resolve(turn.nowNanos());
            return new Action.DeviceInput(device, "alarmNs", at);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/alarm", String.valueOf(e.getMessage()));
        }
    }

    private static Action owner(Call call) {
        return new Action.DeviceOwner(
                call.variable("device"), call.body(DeviceOwner.class).domain());
    }
}

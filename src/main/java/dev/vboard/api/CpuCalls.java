package dev.vboard.api;

import static dev.vboard.api.BoardRoutes.action;
import static dev.vboard.api.BoardRoutes.change;
import static dev.vboard.api.BoardRoutes.readStamped;

import dev.vboard.api.body.CpuPage;
import dev.vboard.api.body.EoiRequest;
import dev.vboard.api.body.MmioAccess;
import dev.vboard.api.body.ProcessorChange;
import dev.vboard.api.body.PsciCall;
import dev.vboard.api.body.SgiRequest;
import dev.vboard.api.body.SmcccCall;
import dev.vboard.api.body.SysregAccess;
import dev.vboard.model.Action;
import dev.vboard.model.Query;
import dev.vboard.model.report.CpuReport;

import org.springframework.stereotype.Component;

import java.util.List;

/** Physical CPUs and the software on them. */
@Component
class CpuCalls implements RouteGroup {
    private static final String CPU = "/cpus/{cpu}";

    @Override
    public List<Route> routes() {
        return List.of(
                BoardRoutes.<CpuReport>list("/cpus", _ -> new Query.Cpus(), CpuPage::new),
                readStamped(CPU, CpuCalls::report),
                change("PUT", CPU, Instructions::mask, CpuCalls::report)
                        .takes(ProcessorChange.class),
                change("POST", CPU + "/offline", call -> online(call, false), CpuCalls::report),
                change("POST", CPU + "/online", call -> online(call, true), CpuCalls::report),
                action("POST", CPU + "/psci", Instructions::psci)
                        .takes(PsciCall.class)
                        .with("force"),
                action("POST", CPU + "/smccc", Instructions::smccc)
                        .takes(SmcccCall.class)
                        .with("force"),
                change("POST", CPU + "/wfi", Instructions::wfi, CpuCalls::report),
                action("POST", CPU + "/interrupts/ack", Instructions::acknowledge),
                action("POST", CPU + "/interrupts/eoi", Instructions::end).takes(EoiRequest.class),
                action("POST", CPU + "/sysreg", Instructions::sysreg).takes(SysregAccess.class),
                action("POST", CPU + "/mmio", Instructions::mmio).takes(MmioAccess.class),
                action("POST", CPU + "/sgi", CpuCalls::sgi).takes(SgiRequest.class));
    }

    private static Query report(Call call) {
        return new Query.Cpu(call.cpu());
    }

    private static Action online(Call call, boolean online) {
        return new Action.CpuOnline(call.cpu(), online);
    }

    private static Action sgi(Call call) {
        SgiRequest body = call.body(SgiRequest.class);
        return new Action.SendSgi(call.cpu(), body.intid().intid(), body.targets());
    }
}

package dev.vboard.api;

import dev.vboard.api.body.EoiRequest;
import dev.vboard.api.body.GuestMmioAccess;
import dev.vboard.api.body.GuestSysregAccess;
import dev.vboard.api.body.HexOrInt;
import dev.vboard.api.body.MmioAccess;
import dev.vboard.api.body.ProcessorChange;
import dev.vboard.api.body.PsciCall;
import dev.vboard.api.body.SmcccCall;
import dev.vboard.api.body.SysregAccess;
import dev.vboard.model.Action;
import dev.vboard.model.Caller;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What software does on the CPU or vCPU that the path names. */
final class Instructions {
    private Instructions() {}

    static Action mask(Call call) {
        return new Action.MaskIrq(
                call.caller(), call.body(ProcessorChange.class).irqMasked());
    }

    static Action psci(Call call) {
        PsciCall body = call.body(PsciCall.class);
        if ((body.function() == null) == (body.functionId() == null)) {
            throw ProblemException.invalid("", "must have one of function and functionId");
        }
        return new Action.Psci(
                call.caller(),
                Optional.ofNullable(body.function()),
                body.functionId() == null ? 0 : body.functionId().value(),
                body.convention() == PsciCall.Convention.SMC32,
                values(body.args()),
                force(call));
    }

    static Action smccc(Call call) {
        SmcccCall body = call.body(SmcccCall.class);
        boolean hvc = body.conduit() == null
                ? call.caller() instanceof Caller.Vcpu
                : body.conduit() == SmcccCall.Conduit.HVC;
        return new Action.Smccc(
                call.caller(),
                body.functionId().value(),
                values(body.args()),
                hvc,
                body.immediate() == null ? 0 : body.immediate(),
                force(call));
    }

    static Action wfi(Call call) {
        return new Action.Wfi(call.caller());
    }

    static Action acknowledge(Call call) {
        return new Action.Acknowledge(call.caller());
    }

    static Action end(Call call) {
        EoiRequest body = call.body(EoiRequest.class);
        int source = body.source() == null ? 0 : body.source();
        return new Action.EndOfInterrupt(call.caller(), body.intid().intid(), source);
    }

    static Action sysreg(Call call) {
        SysregAccess body = call.body(SysregAccess.class);
        boolean secure = Boolean.TRUE.equals(body.secure());
        return new Action.Sysreg(call.caller(), body.register(), value(body.write()), secure);
    }

    static Action guestSysreg(Call call) {
        GuestSysregAccess body = call.body(GuestSysregAccess.class);
        return new Action.Sysreg(call.caller(), body.register(), value(body.write()), false);
    }

    static Action mmio(Call call) {
        MmioAccess body = call.body(MmioAccess.class);
        return new Action.Mmio(
                call.caller(),
                body.address().value(),
                body.size(),
                stored(body.write(), body.size()),
                Boolean.TRUE.equals(body.secure()));
    }

    static Action guestMmio(Call call) {
        GuestMmioAccess body = call.body(GuestMmioAccess.class);
        OptionalLong write = stored(body.write(), body.size());
        return new Action.Mmio(call.caller(), body.address().value(), body.size(), write, false);
    }

    /** A value that the access is too narrow for is an error of the caller, not a truncation. */
    private static OptionalLong stored(@Nullable HexOrInt write, int size) {
        if (write != null && size < 8 && write.value() >>> 8 * size != 0) {
            throw ProblemException.invalid("/write", "must fit into " + size + " bytes");
        }
        return value(write);
    }

    private static boolean force(Call call) {
        return call.parameters().flag("force");
    }

    private static OptionalLong value(@Nullable HexOrInt number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number.value());
    }

    private static List<Long> values(@Nullable List<HexOrInt> numbers) {
        return numbers == null
                ? List.of()
                : numbers.stream().map(HexOrInt::value).toList();
    }
}

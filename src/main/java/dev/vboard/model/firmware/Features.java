package dev.vboard.model.firmware;

import dev.vboard.model.core.Board;
import dev.vboard.model.profile.FirmwareSpec;

import java.util.function.Predicate;

/** PSCI_VERSION and PSCI_FEATURES (psci.md 7.1, 7.12). */
final class Features {
    /** A function every firmware of its version has. */
    static final Predicate<FirmwareSpec> ALWAYS = _ -> true;

    /** A function no firmware has. */
    static final Predicate<FirmwareSpec> NEVER = _ -> false;

    private Features() {}

    static long version(Psci psci, Board board, Caller by) {
        return psci.version();
    }

    static long features(Psci psci, Board board, Caller by) {
        int id = by.word(board, 1);
        if (id == Smccc.VERSION) {
            return PsciStatus.SUCCESS.code();
        }
        if (!PsciFunction.isId(id) || !psci.implementsFunction(PsciFunction.ofId(id))) {
            return PsciStatus.NOT_SUPPORTED.code();
        }
        return PsciFunction.ofId(id) == PsciFunction.CPU_SUSPEND
                ? psci.format.features()
                : PsciStatus.SUCCESS.code();
    }

    static long absent(Psci psci, Board board, Caller by) {
        return PsciStatus.NOT_SUPPORTED.code();
    }
}

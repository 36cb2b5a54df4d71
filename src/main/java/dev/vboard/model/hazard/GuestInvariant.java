package dev.vboard.model.hazard;

/** Invariants of guests and the calls they make (xen-suspend.md 7.2). */
public enum GuestInvariant implements Invariant {
    I2(
            "Between end of freeze and thaw no guest vCPU is running or runnable.",
            "each vCPU switch-in between freeze and thaw"),
    I6(
            "Every resume/wake carries a cause; cause ∈ {enabled interrupt of the owner, "
                    + "toolstack command, host-initiator rule, EL3 refusal}.",
            "each wake or resume"),
    I7(
            "First instruction after a suspend: PC=entry, x0=context id, MMU off, DAIF all "
                    + "set, EL1h.",
            "first-instruction after a suspend"),
    I8(
            "ResumeCtx consumed at most once; null after resume or destroy.",
            "domain-resumed, domain-destroyed"),
    I9("ResumeCtx != null ⇒ shutdownState != NONE and code = suspend.", "end of every command"),
    I24("FEATURES(SYSTEM_SUSPEND)=0 ⇒ the call never answers NOT_SUPPORTED.", "each PSCI answer"),
    I25(
            "A refused call changes nothing; an accepted one never returns to the caller's "
                    + "next instruction.",
            "each PSCI answer"),
    I27(
            "No EEMI request reaches firmware for a node/reset the caller does not own.",
            "each EEMI request");

    private final int number = Integer.parseInt(name().substring(1));
    private final String text;
    private final String checkedAt;

    GuestInvariant(String text, String checkedAt) {
        this.text = text;
        this.checkedAt = checkedAt;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String checkedAt() {
        return checkedAt;
    }
}

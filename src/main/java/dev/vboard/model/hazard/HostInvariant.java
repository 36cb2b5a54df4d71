package dev.vboard.model.hazard;

/** Invariants of the suspend of the machine as a whole (xen-suspend.md 7.2). */
public enum HostInvariant implements Invariant {
    I3(
            "For each domain pauseCount after a host attempt - before = net toolstack "
                    + "operations in between.",
            "end of an attempt"),
    I4(
            "After a host wake: first executed instruction of any non-control domain is later "
                    + "than the first of the initiator/Dom0.",
            "first-instruction"),
    I23(
            "System_state only takes legal edges; any fault leaves it not ACTIVE.",
            "each change of systemState, each fault"),
    I26(
            "Host ACTIVE and no attempt in progress ⇒ at least one control domain (if any "
                    + "exists) not suspended.",
            "end of an attempt and of every command while ACTIVE"),
    I28("Host suspend runs on pCPU0's idle context, never re-entered.", "freeze"),
    I29("No virtual-address access before MMU on; root non-zero.", "resume-entry"),
    I30("ACTIVE ⇒ no identity map, W^X on.", "systemState becomes ACTIVE"),
    I32(
            "A suspended domain without own wake stays suspended across a host cycle.",
            "board-resumed"),
    I33("A toolstack-paused domain stays paused across a host cycle.", "board-resumed"),
    I35("Domain list unchanged between freeze and thaw.", "thaw");

    private final int number = Integer.parseInt(name().substring(1));
    private final String text;
    private final String checkedAt;

    HostInvariant(String text, String checkedAt) {
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

package dev.vboard.model.xen;

/** What a check of an invariant has found; {@code {a}} and {@code {b}} are its two numbers. */
enum Finding {
    CPU_STILL_ON("CPU {a} is not OFF in EL3's view", Role.CPU),
    NOT_ON_BOOT_CPU("the caller is CPU {a}", Role.CPU),
    EEMI_FOREIGN("d{a} reached node or reset {b}, which is not its own", Role.DOMAIN),
    GUEST_RUNS_FROZEN("d{a}v{b} runs between freeze and thaw", Role.DOMAIN);

    private final String text;
    private final Role role;

    /** What the first number is. */
    private enum Role {
        CPU,
        DOMAIN,
        OTHER
    }

    Finding(String text) {
        this(text, Role.OTHER);
    }

    Finding(String text, Role role) {
        this.text = text;
        this.role = role;
    }

    /** The sentence with its numbers. */
    String text(int a, int b) {
        return text.replace("{a}", Integer.toString(a)).replace("{b}", Integer.toString(b));
    }

    /** Whether the first number is a CPU's. */
    boolean namesCpu() {
        return role == Role.CPU;
    }

    /** Whether the first number is a domain's. */
    boolean namesDomain() {
        return role == Role.DOMAIN;
    }
}

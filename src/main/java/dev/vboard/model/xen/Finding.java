package dev.vboard.model.xen;

/** What a check of an invariant has found; {@code {a}} and {@code {b}} are its two numbers. */
enum Finding {
    CPU_STILL_ON("CPU {a} is not OFF in EL3's view", Role.CPU),
    CPU_GONE("CPU {a} is off and Xen takes it for online", Role.CPU),
    DMA_STRAYED("a device was kept from its guest's memory, or reached other memory"),
    DROPPED("interrupt {b} of d{a} was enabled and dropped, its vCPU being off", Role.DOMAIN),
    WATCHDOG_AT_ENTRY("a watchdog of d{a} expires while its service is frozen", Role.DOMAIN),
    NOT_ON_BOOT_CPU("CPU {a} does it, not CPU 0", Role.CPU),
    ENTERED_TWICE("an attempt begins while another is going on"),
    AIMED_ELSEWHERE("INTID {a} is enabled and not aimed at CPU {b}"),
    TIMER_RUNS("a compare timer of CPU {a} is still enabled", Role.CPU),
    UNSEEN("d{a} waits over its pending interrupt {b}", Role.DOMAIN),
    TIMER_UNSEEN("the virtual timer of d{a}v{b} is due and nobody tells it", Role.DOMAIN),
    MISSED_WAKE("INTID {a} is signalled and the board sleeps on"),
    WOKEN_BY_XEN("the machine was woken by INTID {a}, the hypervisor's own timer"),
    STRANDED("INTID {a} is signalled to CPUs that are off, and somebody waits for it"),
    EDGE_LOST("the edge of INTID {a} has reached nobody"),
    LEFT_ON_CPU("INTID {a} is pending for CPU {b}, which goes off"),
    NO_CPU("d{a}v{b} could run and has no CPU", Role.DOMAIN),
    LINE_LOST("a line did not reach the wire"),
    NO_ROOT("the resume path has no page tables"),
    CONTEXT_DIFFERS("EL2 registers came back with other values than were saved"),
    GIC_DIFFERS("the interrupt controller is not as it was"),
    GIC_BUSY("the interrupt controller was stopped at running priority {a}"),
    GIC_UNPREDICTABLE("the interrupt controller was stopped with CPU 0's groups on"),
    IOMMU_UNCLEAN("an IOMMU was stopped without being asked properly"),
    GIC_ORDER("interrupts were enabled before they were configured"),
    TIMER_TRAPS("CNTHCTL_EL2 of CPU 0 is not as it was"),
    TIMER_LEFT_BEHIND("the virtual timer of d{a}v{b} was left on the CPU", Role.DOMAIN),
    TO_BE_PARKED("CPU {a} had to be parked and is online", Role.CPU),
    PARKED_IS_BACK("CPU {a} was parked and is online", Role.CPU),
    ERRATA_NOT_APPLIED("CPU {a} has not applied errata since its power-up", Role.CPU),
    VTCR_DIFFERS("VTCR_EL2 of CPU {a} is not the system's", Role.CPU),
    VTCR_TOO_WIDE("CPU {a} has {b} bits of address, fewer than VTCR_EL2 asks for", Role.CPU),
    HANDLERS("CPU {a} has {b} per-CPU interrupt handlers", Role.CPU),
    PPI_DISABLED("a per-CPU interrupt of CPU {a} is disabled", Role.CPU),
    INTERFACE_OFF("the interface of CPU {a} signals nothing", Role.CPU),
    RESOURCE_COUNT("CPU {a} holds {b} of a resource", Role.CPU),
    FREED_IN_USE("what belongs to CPU {a} is freed while it executes", Role.CPU),
    LEGACY_BYPASS("the interface of CPU {a} was left to the legacy bypass", Role.CPU),
    HEAP_IRQS_OFF("the heap is used with interrupts off on CPU {a}", Role.CPU),
    INIT_TEXT("CPU {a} executes code of the boot", Role.CPU),
    EEMI_FOREIGN("d{a} reached node or reset {b}, which is not its own", Role.DOMAIN),
    RUNS_FROZEN("d{a}v{b} runs between freeze and thaw", Role.DOMAIN),
    SUSPENDED_RUNS("d{a} is suspended and another vCPU of it is online", Role.DOMAIN),
    DOMAINS_CHANGED("there are other domains than when they were frozen"),
    STATE_EDGE("system_state goes from number {a} to number {b}"),
    FAULT("Xen hits a bug in system_state number {a}"),
    IDENTITY_MAP("the identity map is still on"),
    WRITABLE_TEXT("write does not imply execute-never"),
    COUNTER_BACK("the system counter went back"),
    PAUSES("d{a} holds {b} pauses", Role.DOMAIN),
    PAUSED_RUNS("d{a} runs although the toolstack holds a pause", Role.DOMAIN),
    WOKEN_BY_NOBODY("d{a} was suspended and is not, and nothing woke it", Role.DOMAIN),
    TARGET_LOST("INTID {a} is not aimed at CPU {b}, where its vCPU is"),
    NOBODY_IN_CONTROL("every control domain is suspended and the machine is up"),
    WRONG_ENTRY("d{a}v{b} does not stand at its entry as it should", Role.DOMAIN),
    CONTEXT_NOT_STORED("d{a} enters with a context that nobody stored", Role.DOMAIN),
    CONTEXT_LEFT("d{a} was resumed and its context is still there", Role.DOMAIN),
    CONTEXT_WITHOUT_SUSPEND("d{a} keeps a context, its shutdown code being {b}", Role.DOMAIN),
    NO_CAUSE("d{a} resumes by interrupt {b}, which is not enabled", Role.DOMAIN),
    WOKEN_IDLY("d{a} is woken by interrupt {b}, which is not there", Role.DOMAIN),
    COUNTER_READ_BACK("the virtual counter of d{a} went back", Role.DOMAIN),
    REVIVED("d{a} had shut down for good and runs again", Role.DOMAIN),
    BEFORE_DOM0("d{a} runs before a control domain has", Role.DOMAIN),
    WATCHDOG_STOOD("a watchdog of d{a} stands while d{a} runs", Role.DOMAIN),
    WATCHDOG_RAN("a watchdog of d{a} counted while d{a} stood", Role.DOMAIN),
    REFUSAL_CHANGED("a refused call of d{a} changed something", Role.DOMAIN),
    OFFERED_NOT_SUPPORTED("d{a} was offered a call that is not supported", Role.DOMAIN),
    MISANSWERED("the registers that d{a} will be entered with hold an answer", Role.DOMAIN),
    SUSPEND_ENDS("d{a}'s accepted suspend ends the machine", Role.DOMAIN),
    IN_VAIN("d{a}'s suspend was accepted for a machine that cannot have one", Role.DOMAIN);

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

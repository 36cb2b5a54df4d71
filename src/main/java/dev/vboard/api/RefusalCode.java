package dev.vboard.api;

import java.util.Locale;
import java.util.Optional;

/** What boards refuse calls for, each with what it means and what helps. */
enum RefusalCode {
    BOARD_ASLEEP(
            "Board asleep",
            "The machine is suspended, or on its way into or out of suspend. An interrupt that may"
                    + " wake it does; on the way, let the clock run."),
    BOARD_CRASHED(
            "Board crashed",
            "Xen has hit a bug or panicked. The board can be read; reset it, or switch it off and"
                    + " on."),
    BOARD_OFF("Board off", "The board has no power. Switch it on: PUT its power."),
    BOOT_CPU("Boot CPU", "The boot CPU cannot be taken out of Xen."),
    CPU_BUSY("CPU busy", "Another CPU is on its way up or down. Let the clock run, then repeat."),
    CPU_OFF(
            "CPU off",
            "The CPU does not execute, so the software on it cannot make calls. CPU_ON by another"
                    + " one starts it, an interrupt ends its sleep."),
    CPU_UNAVAILABLE("CPU unavailable", "Xen cannot take this CPU up or down in its state."),
    CPU_WAITING("CPU waits", "The software on the CPU is in WFI. An interrupt ends that."),
    DEVICE_IN_USE(
            "Device in use",
            "Another domain has the device, or Dom0 has begun to use it. Blocking says which."),
    DOM0("Dom0", "Dom0 cannot be destroyed. Reset the board, or switch it off."),
    DOMAIN_EXISTS("Domain exists", "There is a domain with that name already."),
    DOMAIN_ON_ITSELF("Domain on itself", "A domain cannot do this to itself."),
    DOMAIN_PAUSED(
            "Domain paused",
            "The toolstack or a host suspend holds the domain, so no vCPU of it executes."),
    DOMAIN_SHUT_DOWN("Domain shut down", "The domain is at its end. Destroy it."),
    DOMAIN_SUSPENDED(
            "Domain suspended",
            "The domain has suspended itself. An interrupt that is enabled in it wakes it; remedy"
                    + " names them."),
    GUEST_DOES_NOT_LISTEN(
            "Guest does not listen",
            "The verb asks the guest, and this guest does not act on such requests. Make its calls"
                    + " yourself."),
    GUEST_BUSY(
            "Guest busy",
            "The guest is at work on what it was asked before. Let the clock run until it is"
                    + " done."),
    INTERRUPT_IN_USE("Interrupt in use", "Xen or another domain has the interrupt."),
    LINE_DRIVEN(
            "Line driven",
            "A timer or the GIC drives this line, so nothing else can. Make its source do it."),
    NO_CONTROL_DOMAIN("No control domain", "No domain that may run xl is running."),
    NO_CPU("No CPU", "No CPU that the vCPU may run on is online. Let it run on another one."),
    NO_DMA("No DMA", "The device does not master the bus."),
    NO_SUCH_CONSOLE("No such console", "The board has no UART or domain of that name."),
    NO_SUCH_CPU("No such CPU", "The board has no CPU of that number."),
    NO_SUCH_DEVICE("No such device", "The board has no device of that name."),
    NO_SUCH_DOMAIN("No such domain", "The board has no domain of that number or name."),
    NO_SUCH_FAULT("No such fault", "No fault of that number waits; it may have struck already."),
    NO_SUCH_INTERRUPT("No such interrupt", "The board, or the guest, does not have that INTID."),
    NO_SUCH_VCPU("No such vCPU", "The domain has no vCPU of that number."),
    NO_SUCH_VERB("No such verb", "xl has no such verb; nearest names those it has."),
    NO_XEN("No Xen", "There is no Xen on this board, or not now."),
    OWNED_BY_XEN(
            "Owned by Xen",
            "Xen owns this CPU and makes such calls itself; ?force=true makes the call behind its"
                    + " back. With flavour none all CPUs are the caller's."),
    RECEIVER_OFF(
            "Receiver off",
            "Nobody has switched the UART's receiver on, or it has no power, so what is typed is"
                    + " lost."),
    VCPU_BLOCKED("vCPU waits", "The vCPU is in WFI. An interrupt that is enabled in it ends that."),
    VCPU_OFF("vCPU off", "The vCPU is off. CPU_ON by another vCPU of its domain starts it."),
    XL_REFUSED("Refused by xl", "xl or Xen refuses it, in the words of the detail.");

    private final String title;
    private final String text;
    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    RefusalCode(String title, String text) {
        this.title = title;
        this.text = text;
    }

    String title() {
        return title;
    }

    /** The page behind its type. */
    String page() {
        return code + "\n" + text;
    }

    static Optional<RefusalCode> named(String code) {
        for (RefusalCode candidate : values()) {
            if (candidate.code.equals(code)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}

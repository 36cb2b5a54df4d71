package dev.vboard.model.report;

/** Who an interrupt or a device belongs to. */
public sealed interface Owner {

    /**
     * Xen keeps it.
     *
     * @param xen always true
     */
    record XenOwner(boolean xen) implements Owner {}

    /**
     * A domain has the device.
     *
     * @param domain the domain's number
     */
    record DomainOwner(int domain) implements Owner {}

    /**
     * A domain has the interrupt.
     *
     * @param domain the domain's number
     * @param virq INTID under which the domain sees it
     */
    record LineOwner(int domain, int virq) implements Owner {}
}

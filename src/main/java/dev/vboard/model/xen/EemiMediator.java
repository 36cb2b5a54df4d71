package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Gprs;
import dev.vboard.model.hazard.DeviceHazard;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.EemiNode;

import java.util.Optional;

/**
 * Xen between guests and the power unit of a ZynqMP (xen-suspend.md 6). The hardware domain's calls
 * go through, but for those that would take the machine from under Xen. A guest reaches the nodes
 * of devices that are its own in the vendor's tree of 2018, and none in the merged code.
 */
final class EemiMediator {
    private static final int SUCCESS = 0;
    private static final int NO_ACCESS = 2002;
    private static final int NUMBER_MASK = 0xFFFF;
    private static final int LOWEST_RESET = 1000;

    /** Nodes by reset line from 1029 on; 0 is a line of none. */
    private static final int[] NODE_OF_RESET = {
        29, 30, 31, 32, 45, 33, 34, 35, 36, 39, 40, 47, 48, 37, 38, 24, 25, 26, 27, 0, 44, 43, 46
    };

    private static final int FIRST_MAPPED_RESET = 1029;

    private final Hypervisor xen;

    EemiMediator(Hypervisor xen) {
        this.xen = xen;
    }

    /** What the caller may do with a call. */
    private enum Rule {
        /** Everyone. */
        FREE,
        /** Who owns the node of the first argument. */
        NODE,
        /** Who owns the node of the second argument. */
        SOURCE,
        /** Who owns the reset line. */
        RESET,
        /** The hardware domain. */
        HARDWARE,
        /** Nobody; the answer is a success all the same. */
        SWALLOWED,
        /** Nobody. */
        NOBODY,
        /** Not a call that Xen knows. */
        UNKNOWN
    }

    private static Rule rule(int api) {
        return switch (api) {
            case 1, 24, 0xA03 -> Rule.FREE;
            case 3, 6, 8, 9, 10, 13, 14, 15, 16 -> Rule.NODE;
            case 11 -> Rule.SOURCE;
            case 17, 18 -> Rule.RESET;
            case 7 -> Rule.SWALLOWED;
            case 12, 19, 20 -> Rule.NOBODY;
            case 2, 4, 5, 21, 22, 23, 27, 28, 29, 30, 34, 35 -> Rule.HARDWARE;
            default -> api >= 36 && api <= 44 ? Rule.HARDWARE : Rule.UNKNOWN;
        };
    }

    /** Whether a function id is one of the power unit's on such a board. */
    boolean has(long function) {
        return xen.platform.profile().firmware().eemi() && function >>> 16 == 0xC200;
    }

    /** Handles a call of the guest on a CPU; arguments and result are its registers. */
    void call(Board board, int cpu, Domain domain, long function) {
        Gprs r = xen.platform.gprs().get(cpu);
        int api = (int) function & NUMBER_MASK;
        int first = r.x(1).getInt(board);
        int second = (int) (r.x(1).get(board) >>> 32);
        switch (rule(api)) {
            case FREE -> forward(board, cpu, domain);
            case NODE -> forNode(board, cpu, domain, api, first);
            case SOURCE -> forNode(board, cpu, domain, api, second);
            case RESET -> forReset(board, cpu, domain, api, first);
            case HARDWARE -> {
                if (domain.hardware(board)) {
                    forward(board, cpu, domain);
                } else {
                    refuse(board, r, "eemi: fn=" + api + " No access");
                }
            }
            case SWALLOWED -> {
                if (xen.suffers(board, DeviceHazard.HZ_64)) {
                    forward(board, cpu, domain);
                } else {
                    r.x(0).set(board, SUCCESS);
                }
            }
            case NOBODY -> refuse(board, r, "eemi: fn=" + api + " No access");
            case UNKNOWN -> {
                xen.console.print(board, "zynqmp-pm: Unhandled PM Call: " + api);
                r.x(0).set(board, VPsci.NOT_SUPPORTED);
            }
        }
    }

    private void forNode(Board board, int cpu, Domain domain, int api, int node) {
        boolean allowed = domain.hardware(board) || owns(board, domain, EemiNode.of(node));
        admit(board, cpu, domain, allowed, api, "node " + Integer.toUnsignedString(node));
    }

    private void forReset(Board board, int cpu, Domain domain, int api, int reset) {
        int at = reset - FIRST_MAPPED_RESET;
        boolean mapped = reset >= LOWEST_RESET && at >= 0 && at < NODE_OF_RESET.length;
        Optional<EemiNode> node = mapped ? EemiNode.of(NODE_OF_RESET[at]) : Optional.empty();
        boolean allowed = domain.hardware(board) || owns(board, domain, node);
        admit(board, cpu, domain, allowed, api, "reset " + Integer.toUnsignedString(reset));
    }

    private void admit(Board board, int cpu, Domain domain, boolean allowed, int api, String what) {
        if (allowed || xen.suffers(board, DeviceHazard.HZ_63)) {
            int subject = xen.platform.gprs().get(cpu).x(1).getInt(board);
            xen.checks.guests.forwarded(board, domain, allowed, subject);
            forward(board, cpu, domain);
        } else {
            refuse(
                    board,
                    xen.platform.gprs().get(cpu),
                    "zynqmp-pm: fn=" + api + " No access to " + what);
        }
    }

    private void refuse(Board board, Gprs r, String line) {
        xen.console.print(board, line);
        r.x(0).set(board, NO_ACCESS);
    }

    /** The vendor's rule: the registers of the node's devices are mapped to the domain. */
    private boolean owns(Board board, Domain domain, Optional<EemiNode> node) {
        if (node.isEmpty() || xen.flavour(board) != Flavour.RFC2018) {
            return false;
        }
        boolean any = false;
        for (DeviceSpec device : xen.platform.profile().devices()) {
            if (node.get().covers(device)) {
                if (!xen.devices.ownedBy(board, device, domain)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Makes the call as it is; who wants it goes along as the calling convention's client id. */
    private void forward(Board board, int cpu, Domain domain) {
        xen.platform.pass(board, cpu, domain.id(board) + 1);
    }
}

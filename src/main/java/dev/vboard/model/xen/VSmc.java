package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Gprs;

/** How Xen handles HVC and SMC of a guest (psci.md 1.1 and 7.19, column VIRT). */
final class VSmc {
    static final long SMCCC_VERSION = 0x8000_0000L;

    private static final long SMCCC_1_2 = 0x1_0002;
    private static final long ARCH_FEATURES = 0x8000_0001L;
    private static final long WORKAROUND_1 = 0x8000_8000L;
    private static final long WORKAROUND_2 = 0x8000_7FFFL;
    private static final long WORKAROUND_3 = 0x8000_3FFFL;
    private static final long NOT_REQUIRED = -2;
    private static final int HYPERVISOR_OWNER = 5;
    private static final int STANDARD_OWNER = 4;
    private static final int[] STANDARD_UID = {0x6f3863f8, 0xbd4c394b, 0x16ce2092, 0x6f9fe541};
    private static final int[] HYPERVISOR_UID = {0xdc1218a7, 0x694398c6, 0xd179cf9a, 0x67e6de8d};

    private final Hypervisor xen;
    private final EemiMediator eemi;
    private final NxpMediator nxp;

    VSmc(Hypervisor xen) {
        this.xen = xen;
        eemi = new EemiMediator(xen);
        nxp = new NxpMediator(xen);
    }

    /** What became of the instruction. */
    enum Result {
        RETURNED,
        NOT_RETURNED,
        UNDEFINED
    }

    /** Handles a call of the guest that is on a CPU; arguments and result are its registers. */
    Result handle(Board board, int cpu, Domain domain, Vcpu vcpu, int immediate) {
        if (immediate != 0) {
            return Result.UNDEFINED;
        }
        Gprs r = xen.platform.gprs().get(cpu);
        long function = r.x(0).get(board) & 0xFFFF_FFFFL;
        if (VPsci.isPsci(function)) {
            long result = xen.vpsci.call(
                    board,
                    domain,
                    vcpu,
                    function,
                    r.x(1).get(board),
                    r.x(2).get(board),
                    r.x(3).get(board));
            if (result == VPsci.ACCEPTED) {
                return Result.NOT_RETURNED;
            }
            r.x(0).set(board, result);
            return Result.RETURNED;
        }
        if (eemi.has(function) && !domain.is32Bit(board)) {
            eemi.call(board, cpu, domain, function);
        } else if (nxp.has(function) && !domain.is32Bit(board)) {
            nxp.call(board, cpu, domain, function);
        } else {
            other(board, r, function);
        }
        return Result.RETURNED;
    }

    private void other(Board board, Gprs r, long function) {
        long number = function & 0xFFFF;
        int owner = (int) (function >>> 24) & 0x3F;
        if (function == SMCCC_VERSION) {
            r.x(0).set(board, SMCCC_1_2);
        } else if (function == ARCH_FEATURES) {
            long asked = r.x(1).get(board) & 0xFFFF_FFFFL;
            boolean known = asked == WORKAROUND_1 || asked == WORKAROUND_2 || asked == WORKAROUND_3;
            r.x(0).set(board, known ? NOT_REQUIRED : VPsci.NOT_SUPPORTED);
        } else if (function == WORKAROUND_1 || function == WORKAROUND_3) {
            return;
        } else if (number >= 0xFF00 && (owner == HYPERVISOR_OWNER || owner == STANDARD_OWNER)) {
            information(board, r, owner, number);
        } else {
            r.x(0).set(board, VPsci.NOT_SUPPORTED);
        }
    }

    private void information(Board board, Gprs r, int owner, long number) {
        boolean standard = owner == STANDARD_OWNER;
        if (number == 0xFF00) {
            r.x(0).set(board, standard ? 17 : 3);
        } else if (number == 0xFF03) {
            r.x(0).set(board, 0);
            r.x(1).set(board, 1);
        } else if (number == 0xFF01) {
            int[] uid = standard ? STANDARD_UID : HYPERVISOR_UID;
            for (int i = 0; i < uid.length; i++) {
                r.x(i).set(board, uid[i] & 0xFFFF_FFFFL);
            }
        } else {
            r.x(0).set(board, VPsci.NOT_SUPPORTED);
        }
    }
}

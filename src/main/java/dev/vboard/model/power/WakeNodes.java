package dev.vboard.model.power;

import dev.vboard.model.core.Bits;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Intids;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.DeviceSpec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The power-management nodes through which lines wake a ZynqMP (gic.md 9): the profile's map of
 * interrupts to nodes and of nodes to wake lines, and which nodes are armed. The lines of a node
 * need not be those that arm it: a GEM is armed by its data line and wakes by its wake line
 * (DEV-T10).
 */
public final class WakeNodes {
    private static final int NONE = -1;
    private static final int ALWAYS = -2;

    /** The last SPI that firmware looks at when it looks for what is enabled (gic.md 9). */
    private static final int LAST_SCANNED = 84;

    private static final int FEWEST = 64;

    /** The node an enabled SPI arms. */
    private final List<Integer> armedBy;

    /** The node whose arming lets an SPI's line wake, or {@link #ALWAYS}. */
    private final List<Integer> wakesWith;

    private final Bits armed;

    WakeNodes(Layout layout, BoardProfile profile, int spis, boolean byProxy) {
        List<Integer> arms = new ArrayList<>(Collections.nCopies(spis, NONE));
        List<Integer> wakes = new ArrayList<>(Collections.nCopies(spis, NONE));
        int count = FEWEST;
        for (DeviceSpec device : profile.devices()) {
            int node = device.wakeNode().orElse(NONE);
            count = Math.max(count, node + 1);
            mark(arms, device.intids(), node, byProxy ? LAST_SCANNED : spis);
            mark(wakes, device.wakeIntids(), device.wakeAlways() ? ALWAYS : node, spis);
        }
        armedBy = List.copyOf(arms);
        wakesWith = List.copyOf(wakes);
        armed = layout.bits("nodes", count);
    }

    private static void mark(List<Integer> nodes, List<Integer> intids, int node, int last) {
        for (int intid : intids) {
            int spi = intid - Intids.PRIVATE;
            if (spi >= 0 && spi < nodes.size() && spi <= last && node != NONE) {
                nodes.set(spi, node);
            }
        }
    }

    /** The node that enabling an SPI arms, or -1. */
    int armedBy(int spi) {
        return armedBy.get(spi);
    }

    /** The node through which the line of an SPI wakes the board, or a negative number. */
    int wakesWith(int spi) {
        return wakesWith.get(spi);
    }

    /** Whether the line of an SPI can wake the board at all. */
    boolean canWake(int spi) {
        return wakesWith.get(spi) != NONE;
    }

    /** Whether the line of an SPI wakes the board whatever is armed. */
    boolean wakesAlways(int spi) {
        return wakesWith.get(spi) == ALWAYS;
    }

    /** Whether the line of an SPI wakes the board with the nodes armed now. */
    boolean wakesNow(Board board, int spi) {
        int node = wakesWith.get(spi);
        return node == ALWAYS || node != NONE && armed.get(board, node);
    }

    /** The nodes that the enabled ones of so many SPIs arm, ascending and each once. */
    List<Integer> ofEnabled(Board board, int spis, WakeController.Distributor distributor) {
        SortedSet<Integer> found = new TreeSet<>();
        for (int half = 0; 32 * half < spis; half++) {
            for (int rest = distributor.enabledSpis(board, half); rest != 0; rest &= rest - 1) {
                int spi = 32 * half + Integer.numberOfTrailingZeros(rest);
                if (spi < spis && has(armedBy(spi))) {
                    found.add(armedBy(spi));
                }
            }
        }
        return List.copyOf(found);
    }

    /** Whether there is a node of that number. */
    public boolean has(int node) {
        return node >= 0 && node < armed.count();
    }

    /** Whether a node is armed. */
    public boolean isArmed(Board board, int node) {
        return has(node) && armed.get(board, node);
    }

    /** Arms a node or disarms it. */
    public void arm(Board board, int node, boolean on) {
        if (has(node)) {
            armed.set(board, node, on);
        }
    }

    void clear(Board board) {
        armed.clear(board);
    }
}

package dev.vboard.catalog;

import dev.vboard.catalog.ProfileException.Fault;

import java.util.List;

/**
 * Where contradictions of a profile go. Where a document could not be read a stand-in is in its
 * place; what contradicts a stand-in is not the author's fault and is not told.
 *
 * @param unread what could not be read
 * @param found takes the contradictions
 */
record Findings(List<Fault> unread, List<Fault> found) {
    /**
     * Notes that something is wrong.
     *
     * @param sources pointers to what else it depends on
     */
    void fault(String pointer, String message, String... sources) {
        boolean spoiled = spoils(pointer);
        for (String source : sources) {
            spoiled |= spoils(source);
        }
        if (!spoiled) {
            found.add(new Fault(pointer, message));
        }
    }

    /** Whether something there, or around it, could not be read. */
    private boolean spoils(String pointer) {
        for (Fault fault : unread) {
            if (within(pointer, fault.pointer()) || within(fault.pointer(), pointer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean within(String pointer, String outer) {
        return pointer.equals(outer) || pointer.startsWith(outer + "/");
    }
}

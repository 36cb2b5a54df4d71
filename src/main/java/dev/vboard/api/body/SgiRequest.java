package dev.vboard.api.body;

import java.util.List;

/**
 * A physical SGI.
 *
 * @param intid 0 to 15
 * @param targets numbers of CPUs; the sender may be among them
 */
public record SgiRequest(
        IntidInput intid, @Bounds(min = 1, max = 128) List<Integer> targets) {}

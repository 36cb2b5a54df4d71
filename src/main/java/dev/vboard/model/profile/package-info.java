/**
 * What a board profile says, as records: the CPUs, blocks, wires, power and timing of one kind of
 * board.
 */
@NullMarked
package dev.vboard.model.profile;

import org.jspecify.annotations.NullMarked;

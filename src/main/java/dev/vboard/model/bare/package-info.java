/** Devices of which only the interrupt lines are modelled. */
@NullMarked
package dev.vboard.model.bare;

import org.jspecify.annotations.NullMarked;

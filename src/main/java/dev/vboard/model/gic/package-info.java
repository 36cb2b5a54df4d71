/** The interrupt controllers: GICv2 register by register, behind what the rest of a board needs of any GIC. */
@NullMarked
package dev.vboard.model.gic;

import org.jspecify.annotations.NullMarked;

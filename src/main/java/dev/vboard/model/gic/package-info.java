/** The interrupt controllers: GICv2 register by register, and what a board needs of any GIC. */
@NullMarked
package dev.vboard.model.gic;

import org.jspecify.annotations.NullMarked;

/** Xen on Arm at EL2: domains, scheduling, virtual PSCI, GIC and timer, and suspend to RAM. */
@NullMarked
package dev.vboard.model.xen;

import org.jspecify.annotations.NullMarked;

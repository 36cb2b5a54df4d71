/** The physical CPUs: general and system registers, and the power each has. */
@NullMarked
package dev.vboard.model.cpu;

import org.jspecify.annotations.NullMarked;

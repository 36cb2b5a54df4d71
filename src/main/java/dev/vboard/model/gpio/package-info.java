/** Pins that the outside drives. */
@NullMarked
package dev.vboard.model.gpio;

import org.jspecify.annotations.NullMarked;

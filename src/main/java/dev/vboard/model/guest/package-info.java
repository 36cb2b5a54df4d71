/** Guests that act by themselves: scripts that do what an operating system does. */
@NullMarked
package dev.vboard.model.guest;

import org.jspecify.annotations.NullMarked;

/** The boards of this service: their locks, clocks, limits, and who is told what they did. */
@NullMarked
package dev.vboard.runtime;

import org.jspecify.annotations.NullMarked;

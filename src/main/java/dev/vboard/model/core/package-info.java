/**
 * The kit every block of a board is made of: packed cells, registers, buses, lines and ports; it
 * knows no device.
 */
@NullMarked
package dev.vboard.model.core;

import org.jspecify.annotations.NullMarked;

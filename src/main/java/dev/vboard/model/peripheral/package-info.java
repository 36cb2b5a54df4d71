/** Network interfaces and card readers, as far as who owns one and what wakes by it matter. */
@NullMarked
package dev.vboard.model.peripheral;

import org.jspecify.annotations.NullMarked;

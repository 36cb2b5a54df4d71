/** Power domains, and the always-on block that watches interrupt lines while the board sleeps. */
@NullMarked
package dev.vboard.model.power;

import org.jspecify.annotations.NullMarked;

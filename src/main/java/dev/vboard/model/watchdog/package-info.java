/** Watchdogs of boards: unless software says that it lives, they warn it and then reset all. */
@NullMarked
package dev.vboard.model.watchdog;

import org.jspecify.annotations.NullMarked;

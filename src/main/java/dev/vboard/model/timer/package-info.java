/** The generic timers of the CPUs: comparators on the system counter that drive PPIs. */
@NullMarked
package dev.vboard.model.timer;

import org.jspecify.annotations.NullMarked;

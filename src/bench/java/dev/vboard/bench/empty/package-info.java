/** An application that does nothing, for the start-up of the service to be compared with. */
@NullMarked
package dev.vboard.bench.empty;

import org.jspecify.annotations.NullMarked;

/** Tests of boards as the service runs them. */
@NullMarked
package dev.vboard.runtime;

import org.jspecify.annotations.NullMarked;

/** Tests of the packed history. */
@NullMarked
package dev.vboard.trace;

import org.jspecify.annotations.NullMarked;

/** The catalogue of Xen's known suspend bugs, and of what must hold on every board. */
@NullMarked
package dev.vboard.model.hazard;

import org.jspecify.annotations.NullMarked;

/** Holds the running service and the hand-written OpenAPI file equal. */
@NullMarked
package dev.vboard.contract;

import org.jspecify.annotations.NullMarked;

/** Seeded random commands on random boards; after each, what must hold holds. */
@NullMarked
package dev.vboard.model.simulation;

import org.jspecify.annotations.NullMarked;

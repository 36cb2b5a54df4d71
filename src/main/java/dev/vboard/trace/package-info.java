/** What happened on a board: its history, packed, from which everything told afterwards is read. */
@NullMarked
package dev.vboard.trace;

import org.jspecify.annotations.NullMarked;

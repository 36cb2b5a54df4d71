/** Serial ports: what is sent becomes console events at once, what is typed waits in a FIFO. */
@NullMarked
package dev.vboard.model.uart;

import org.jspecify.annotations.NullMarked;

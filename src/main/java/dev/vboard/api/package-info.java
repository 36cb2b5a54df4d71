/** The REST interface: HTTP requests become commands, answers become bodies. */
@NullMarked
package dev.vboard.api;

import org.jspecify.annotations.NullMarked;

/**
 * The model: a machine is a compiled profile, a board its state; a command goes in, events come
 * out.
 */
@NullMarked
package dev.vboard.model;

import org.jspecify.annotations.NullMarked;

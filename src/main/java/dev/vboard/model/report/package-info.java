/**
 * What the model answers reads and actions with: one record per body on the wire.
 *
 * <p>The names of the components are the JSON names.
 *
 * <p>{@link dev.vboard.model.report.U64} is written as a lowercase hexadecimal string, an enum that
 * implements {@link dev.vboard.model.report.WireName} under its wire name, any other enum under its
 * constant's name, an {@code Optional} as its value or {@code null}. Every component is always
 * written. Lists and maps are handed over, not copied: who builds a report keeps no reference.
 */
@NullMarked
package dev.vboard.model.report;

import org.jspecify.annotations.NullMarked;

/**
 * The bodies of the REST contract that the model does not know: requests, lists, problems, events.
 *
 * <p>A record's simple name is its schema's name in {@code openapi/vboard.yaml}, its components are
 * the properties. A component marked {@code @Nullable} may be left out: a request without it takes
 * the default, an answer without a value does not write it. All others are required; an
 * {@code Optional} is written as its value or {@code null}. A request never takes an explicit
 * {@code null}, except as the value of a label in a patch. {@link dev.vboard.api.body.WireModule}
 * makes Jackson keep these rules, {@link dev.vboard.api.body.BodyCheck} the limits.
 */
@NullMarked
package dev.vboard.api.body;

import org.jspecify.annotations.NullMarked;

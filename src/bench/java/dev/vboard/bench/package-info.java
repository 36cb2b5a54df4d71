/**
 * Benchmarks: what a call, a suspend cycle and a fork cost; docs/benchmarks.md keeps the figures.
 */
@NullMarked
package dev.vboard.bench;

import org.jspecify.annotations.NullMarked;

/** What the service counts and measures of its boards, for those who run it. */
@NullMarked
package dev.vboard.metrics;

import org.jspecify.annotations.NullMarked;

/** Scenarios as transcripts: text files of REST calls and what is expected of them. */
@NullMarked
package dev.vboard.scenario;

import org.jspecify.annotations.NullMarked;

/** Units that stand between the masters of a board and its memory. */
@NullMarked
package dev.vboard.model.smmu;

import org.jspecify.annotations.NullMarked;

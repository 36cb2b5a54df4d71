/** The EL3 firmware: PSCI as TF-A answers it, and the SMCCC calls beside it. */
@NullMarked
package dev.vboard.model.firmware;

import org.jspecify.annotations.NullMarked;

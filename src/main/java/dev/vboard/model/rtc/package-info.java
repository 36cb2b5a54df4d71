/** Real-time clocks: they count seconds of virtual time whatever the power, and raise alarms. */
@NullMarked
package dev.vboard.model.rtc;

import org.jspecify.annotations.NullMarked;

/** The service as a whole: the application that starts the shell around the model. */
@NullMarked
package dev.vboard;

import org.jspecify.annotations.NullMarked;

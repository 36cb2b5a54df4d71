/** The service as its users see it: real requests to the running application. */
@NullMarked
package dev.vboard.http;

import org.jspecify.annotations.NullMarked;

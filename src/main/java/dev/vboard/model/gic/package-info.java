/** The interrupt controller: distributor, CPU interfaces and the virtual interface of each CPU. */
@NullMarked
package dev.vboard.model.gic;

import org.jspecify.annotations.NullMarked;

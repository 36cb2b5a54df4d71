/**
 * Board profiles: reads the documents, says everything that is wrong with one, keeps the shipped
 * ones.
 */
@NullMarked
package dev.vboard.catalog;

import org.jspecify.annotations.NullMarked;

package dev.vboard.api.body;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Limits of a component: of a number its value, of a text, list or map its length. */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Bounds {

    /** The least value or length. */
    long min() default 0;

    /** The greatest value or length. */
    long max() default Long.MAX_VALUE;
}

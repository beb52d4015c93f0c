package dev.palisade.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a package to be a room of the house and names the rooms that it may use. The
 * architecture test reads it: an import that is not declared here fails the build.
 */
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Room {

  /** Simple names of the rooms that this one may use, beside itself. */
  String[] uses();
}

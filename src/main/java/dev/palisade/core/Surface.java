package dev.palisade.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The REST surface to which a resource class belongs; each has its own path and its own callers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Surface {

  /** Which one. */
  Kind value();

  /** The surfaces of the portal. */
  enum Kind {
    /** {@code /api/v1}: people and their scripts. */
    ADMIN,
    /** {@code /agent/v1}: hosts that report. */
    AGENT,
    /** {@code /nix}: Nix that fetches. */
    NIX
  }
}

/**
 * Evidence as hosts send it, the verdicts derived from it, and the findings that every number on
 * screen is counted from.
 */
@Room(
    uses = {
      "core",
      "account",
      "catalog",
      "profile",
      "fleet",
      "ssh",
      "assignment",
      "nix",
      "release",
      "shell"
    })
package dev.palisade.audit;

import dev.palisade.core.Room;

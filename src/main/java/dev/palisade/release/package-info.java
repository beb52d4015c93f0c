/**
 * Releases: what approved versions resolve to, rendered once, content-addressed and immutable;
 * offers, which say what a host is expected to run; and the statements that sign them.
 */
@Room(
    uses = {
      "core",
      "chain",
      "account",
      "catalog",
      "profile",
      "fleet",
      "assignment",
      "nix",
      "shell"
    })
package dev.palisade.release;

import dev.palisade.core.Room;

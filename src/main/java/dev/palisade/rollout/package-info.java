/** Rollouts: the only way by which approved bytes come within a host's reach. */
@Room(
    uses = {
      "core",
      "account",
      "catalog",
      "profile",
      "fleet",
      "assignment",
      "release",
      "audit",
      "shell"
    })
package dev.palisade.rollout;

import dev.palisade.core.Room;

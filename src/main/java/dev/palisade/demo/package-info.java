/**
 * A fleet to look around in: made-up people and hosts, filled through the same use cases that
 * everybody else uses. Only in an empty, embedded installation that nobody else can reach.
 */
@Room(
    uses = {
      "core",
      "account",
      "catalog",
      "profile",
      "fleet",
      "assignment",
      "nix",
      "release",
      "rollout",
      "audit"
    })
package dev.palisade.demo;

import dev.palisade.core.Room;

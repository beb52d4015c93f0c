/**
 * Releases: what approved versions resolve to, rendered once, content-addressed and immutable; and
 * offers, which say what a host is expected to run.
 */
@Room(uses = {"core", "account", "catalog", "profile", "fleet", "nix", "shell"})
package dev.palisade.release;

import dev.palisade.core.Room;

/**
 * Profiles and their versions: written by one person, decided by another, immutable once approved.
 */
@Room(uses = {"core", "account", "catalog", "nix", "shell"})
package dev.palisade.profile;

import dev.palisade.core.Room;

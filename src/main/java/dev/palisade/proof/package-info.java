/**
 * Proves a release with nothing but files, where there is no portal and no network. Pure functions;
 * the offline command is their only caller.
 */
@Room(uses = {"core", "chain", "catalog", "nix", "profile", "release"})
@NullMarked
package dev.palisade.proof;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

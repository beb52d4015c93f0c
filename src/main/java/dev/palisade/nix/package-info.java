/**
 * Nix as text and as archives: escaping, the rendered module, NAR hashes, tarballs. Pure functions.
 */
@Room(uses = {"core", "catalog"})
@NullMarked
package dev.palisade.nix;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

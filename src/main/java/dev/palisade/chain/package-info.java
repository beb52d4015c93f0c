/**
 * Entries that each name the hash of the one before, and what the portal's key signs: checkpoints
 * of them, statements of what a host is to run, and the hand-over to another key. Pure functions
 * that the portal and its offline commands share.
 */
@Room(uses = {"core"})
@NullMarked
package dev.palisade.chain;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

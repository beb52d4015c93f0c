/**
 * Entries that each name the hash of the one before, signed checkpoints, and the proof of both:
 * pure functions that the portal and its offline command share.
 */
@Room(uses = {"core"})
@NullMarked
package dev.palisade.chain;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

/**
 * The append-only record of every act: who did what, to what, and when, as one hash chain. Observes
 * acts; nobody calls it to write.
 */
@Room(uses = {"core", "chain", "account", "shell"})
package dev.palisade.journal;

import dev.palisade.core.Room;

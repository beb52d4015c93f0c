/**
 * The append-only record of every act: who did what, to what, and when. Observes acts; nobody calls
 * it to write.
 */
@Room(uses = {"core", "account", "shell"})
package dev.palisade.journal;

import dev.palisade.core.Room;

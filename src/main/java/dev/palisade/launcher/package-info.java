/**
 * Starts and stops everything: the embedded database, the migrations, the server with the
 * application. Proves releases and exports of the journal without any of them.
 */
@Room(uses = {"core", "chain", "proof"})
package dev.palisade.launcher;

import dev.palisade.core.Room;

/**
 * Starts and stops everything: the embedded database, the migrations, the server with the
 * application.
 */
@Room(uses = {"core"})
package dev.palisade.launcher;

import dev.palisade.core.Room;

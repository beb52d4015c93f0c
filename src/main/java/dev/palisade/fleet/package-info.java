/** Registered hosts: their names, labels and tokens, and the selectors that pick some of them. */
@Room(uses = {"core", "account", "shell"})
package dev.palisade.fleet;

import dev.palisade.core.Room;

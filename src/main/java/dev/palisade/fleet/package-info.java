/**
 * Hosts: their names, labels, tokens and keys, how they enrol, and the selectors that pick some of
 * them.
 */
@Room(uses = {"core", "account", "ssh", "shell"})
package dev.palisade.fleet;

import dev.palisade.core.Room;

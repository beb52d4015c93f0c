/** Which profiles a host is meant to have, in order. Intent only: nothing reaches a host by it. */
@Room(uses = {"core", "account", "catalog", "profile", "fleet", "shell"})
package dev.palisade.assignment;

import dev.palisade.core.Room;

/** The agent that hosts run: its scripts, and the NixOS module that carries them. */
@Room(uses = {"core", "account", "chain", "fleet", "nix", "shell"})
package dev.palisade.agent;

import dev.palisade.core.Room;

/**
 * What is known about each setting: type, bounds, how the kernel combines it, what it breaks, where
 * it comes from.
 */
@Room(uses = {"core", "account", "shell"})
@NullMarked
package dev.palisade.catalog;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

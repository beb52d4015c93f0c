/** Public keys and signatures as OpenSSH writes them: read and checked, never made. */
@Room(uses = {"core"})
@NullMarked
package dev.palisade.ssh;

import dev.palisade.core.Room;
import org.jspecify.annotations.NullMarked;

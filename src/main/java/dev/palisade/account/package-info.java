/** People and their roles, who is acting now, what they may do, and how they prove who they are. */
@Room(uses = {"core"})
package dev.palisade.account;

import dev.palisade.core.Room;

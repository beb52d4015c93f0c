/** What every page and every API call goes through: start, JSON, problems, limits, navigation. */
@Room(uses = {"core", "account"})
package dev.palisade.shell;

import dev.palisade.core.Room;

/**
 * What a version would do to a host, foretold from what the host runs: functions without a
 * framework or a database.
 */
@NullMarked
package dev.palisade.audit.foretell;

import org.jspecify.annotations.NullMarked;

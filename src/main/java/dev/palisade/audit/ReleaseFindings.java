package dev.palisade.audit;

import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The findings of one host as far as they decide about its release.
 *
 * @param failing the keys of the settings that do not hold
 * @param waiting how many settings wait for a deployment or a reboot
 * @param holding how many settings hold
 * @param notKnown how many are not known although this kind of evidence can contain them
 * @param notContained how many are not known because this kind of evidence cannot contain them: a
 *     dump of sysctls says nothing of a firewall
 * @param changeHolds whether one at least of the settings that the release changes on this host is
 *     known to hold; of all its settings, where it changes none
 */
@NullMarked
public record ReleaseFindings(
    Set<String> failing,
    long waiting,
    long holding,
    long notKnown,
    long notContained,
    boolean changeHolds) {

  public ReleaseFindings {
    failing = Set.copyOf(failing);
  }
}

package dev.palisade.audit;

import dev.palisade.audit.verdict.Deployment;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What one piece of evidence has to do with the release that its host is expected to run. Findings,
 * pages and rollouts ask these functions and no others whether evidence speaks of a release.
 *
 * @param expected the digest of the release
 * @param offeredAt when the release was offered last
 * @param offeredSince when it was offered first since another one was; no earlier evidence of a
 *     host that never fetches speaks of it
 * @param fetchedAt when the host fetched it, under whatever number it was offered; null where it
 *     did not, or fetched another release since
 * @param anotherFetchedAt when the host last fetched any other release, or null
 * @param proven the release that the host was last known to run, or null
 * @param receivedAt when the evidence was received last
 * @param named the digest of the release that the evidence names, or null
 * @param dump whether the evidence is a dump of sysctls, which cannot name a release
 */
@NullMarked
public record ReleaseEvidence(
    String expected,
    Instant offeredAt,
    Instant offeredSince,
    @Nullable Instant fetchedAt,
    @Nullable Instant anotherFetchedAt,
    @Nullable Proven proven,
    Instant receivedAt,
    @Nullable String named,
    boolean dump) {

  /** A host that has reported for so long after a fetch ought to run what it fetched. */
  public static final Duration OVERDUE_AFTER = Duration.ofHours(24);

  /**
   * A release that a host was known to run: evidence named it, or was good under it.
   *
   * @param at when the newest such evidence was received
   */
  public record Proven(String release, Instant at) {}

  /**
   * Whether the host is known to run the release. That goes by the release's digest, so a new offer
   * of it under another number changes nothing.
   */
  public boolean isKnownToRun() {
    if (named != null) {
      return named.equals(expected);
    }
    return proven != null
        && proven.release().equals(expected)
        && (anotherFetchedAt == null || !anotherFetchedAt.isAfter(proven.at()));
  }

  /** The release that the host is known to run, whichever it is; null where none is known. */
  public @Nullable String running() {
    if (named != null) {
      return named;
    }
    boolean stale =
        proven == null
            || (anotherFetchedAt != null && anotherFetchedAt.isAfter(proven.at()))
            || (fetchedAt != null && fetchedAt.isAfter(proven.at()));
    return stale || proven == null ? null : proven.release();
  }

  /**
   * Whether the evidence speaks of the release: it names it; or it names none, and was sent after
   * the host fetched it, or after the offer by a host that never fetches because somebody carries
   * its module by hand.
   */
  public boolean speaksOfRelease() {
    return isKnownToRun() || isAfterFetch() || isCarriedByHand();
  }

  /** Whether it names no release and was sent after the host fetched this one. */
  public boolean isAfterFetch() {
    return named == null && fetchedAt != null && !receivedAt.isBefore(fetchedAt);
  }

  private boolean isCarriedByHand() {
    return named == null
        && fetchedAt == null
        && anotherFetchedAt == null
        && !receivedAt.isBefore(offeredSince);
  }

  /**
   * Whether a setting that does not hold may be held against the host. Before it fetched the
   * release, and while it is not known to run it, the host is only to be rebuilt. The agent's
   * evidence names the release wherever its module is there; a dump cannot, so a dump of a host
   * that never fetches counts.
   */
  public Deployment deployment() {
    if (isKnownToRun() || isAfterFetch()) {
      return Deployment.CURRENT;
    }
    return dump && isCarriedByHand() ? Deployment.BY_HAND : Deployment.OLDER;
  }

  /** Whether the evidence came after the offer; what is older settles nothing in a rollout. */
  public boolean isSinceOffer() {
    return !receivedAt.isBefore(offeredAt);
  }

  /** Whether the evidence names another release than the one that is expected. */
  public boolean namesAnother() {
    return named != null && !named.equals(expected);
  }

  /**
   * For how long the host had fetched the release when it sent evidence of another one; null unless
   * that is a day or longer.
   */
  public @Nullable Duration overdue() {
    if (fetchedAt == null || !namesAnother()) {
      return null;
    }
    Duration since = Duration.between(fetchedAt, receivedAt);
    return since.compareTo(OVERDUE_AFTER) < 0 ? null : since;
  }

  /** The same in words: {@code Fetched 26 h before, still runs the former release}. */
  public @Nullable String overdueText() {
    Duration since = overdue();
    return since == null
        ? null
        : "It fetched the release "
            + since.toHours()
            + " h before it sent this evidence, and still runs the former release.";
  }

  /** Why settings wait for the host to deploy the release, in one or two sentences. */
  public String notDeployedText() {
    String overdue = overdueText();
    if (overdue != null) {
      return overdue + " Rebuild the host, or look why its rebuild fails.";
    }
    if (fetchedAt == null) {
      return "The host has not fetched the release, and its evidence does not show that it runs it."
          + " Rebuild the host.";
    }
    return namesAnother()
        ? "The host fetched the release and its evidence names another one. Rebuild the host."
        : "The evidence is from before the host fetched the release. Rebuild the host.";
  }

  /** Whether the host runs the release, in words for its page. */
  public String runsText() {
    if (isKnownToRun()) {
      return named != null ? "yes, its evidence names it" : "yes, its evidence held under it";
    }
    if (namesAnother()) {
      return "no, its evidence names another one";
    }
    return speaksOfRelease()
        ? "not known: its evidence names no release"
        : "not known: its evidence is older";
  }
}

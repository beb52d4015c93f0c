package dev.palisade.profile.application;

import static java.util.stream.Collectors.toSet;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionDiff;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what a version changes against another one, of its own profile or of any other. */
@ApplicationScoped
public class CompareVersions {

  /**
   * Two versions and what changes from one to the other.
   *
   * @param against what the version is compared with, or null for nothing at all
   * @param earlier the request for review that {@code against} shows as it was then; null where it
   *     is another version
   * @param diff what the versions themselves say
   * @param inherited what changes besides because other versions lie under them
   */
  public record Comparison(
      ProfileVersion version,
      ProfileVersion against,
      Submission earlier,
      VersionDiff diff,
      List<VersionDiff.Change> inherited) {}

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;
  @Inject private Catalog catalog;

  /**
   * What to compare a version with.
   *
   * @param profile the other's profile, or null for the same one
   * @param number the other's number; null for the newest approved version, of the same profile the
   *     newest below this one; where there is none, everything is new
   * @param earlier the digest of content that this very version had in review; null to compare with
   *     another version
   */
  public record Against(String profile, Integer number, Digest earlier) {

    /** The newest approved version below it. */
    public static final Against NEWEST = new Against(null, null, null);

    private static final int MOST_DIGITS = 9;

    /**
     * What an address names.
     *
     * @param text a number, {@code slug/number}, a digest, or null or blank for none of them
     * @throws DomainException where it is something else
     */
    public static Against of(String profile, String text) {
      String named = text == null ? "" : text;
      String of = profile == null || profile.isBlank() ? null : profile;
      if (named.isEmpty()) {
        return new Against(of, null, null);
      }
      if (named.matches("[0-9a-f]{64}")) {
        return new Against(null, null, new Digest(named));
      }
      int slash = named.indexOf('/');
      String number = named.substring(slash + 1);
      if (!number.matches("[0-9]{1," + MOST_DIGITS + "}")) {
        throw DomainException.notValid(
            "/against", "This is the number of a version, or a digest that was in review.");
      }
      return new Against(slash > 0 ? named.substring(0, slash) : of, Integer.valueOf(number), null);
    }
  }

  /** Compares a version with another, or with what it said itself when it was in review before. */
  @Requires(Permission.VIEW)
  @Transactional
  public Comparison compare(String slug, int number, Against against) {
    ProfileVersion version = profiles.existing(slug, number);
    Submission earlier = against.earlier() == null ? null : earlier(version, against.earlier());
    ProfileVersion base = earlier == null ? base(version, against) : earlier.asItWas();
    VersionDiff diff =
        VersionDiff.between(
            base == null ? VersionContent.EMPTY : base.content(), version.content(), catalog);
    return new Comparison(
        version, base, earlier, diff, diff.isMoved() ? inherited(base, version, diff) : List.of());
  }

  private Submission earlier(ProfileVersion version, Digest digest) {
    return reviews
        .submission(version, digest)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    "submission of " + version.describe() + " with digest", digest.brief()));
  }

  private ProfileVersion base(ProfileVersion version, Against against) {
    String own = version.getProfile().getSlug();
    String other = against.profile() == null ? own : against.profile();
    return against.number() == null
        ? newestApproved(other, other.equals(own) ? version.getNumber() : Integer.MAX_VALUE)
            .orElse(null)
        : profiles.existing(other, against.number());
  }

  private List<VersionDiff.Change> inherited(
      ProfileVersion base, ProfileVersion version, VersionDiff own) {
    Set<String> listed = own.changes().stream().map(VersionDiff.Change::key).collect(toSet());
    return VersionDiff.between(
            base == null ? VersionContent.EMPTY : Layers.merged(base, profiles),
            Layers.merged(version, profiles),
            catalog)
        .changes()
        .stream()
        .filter(change -> !listed.contains(change.key()))
        .toList();
  }

  private Optional<ProfileVersion> newestApproved(String slug, int below) {
    if (profiles.find(slug).isEmpty()) {
      throw DomainException.notFound("profile", slug);
    }
    return profiles.versions(slug).stream()
        .filter(v -> v.getNumber() < below && v.getState() == VersionState.APPROVED)
        .findFirst();
  }
}

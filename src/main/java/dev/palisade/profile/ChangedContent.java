package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.Count;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of content since somebody read it, member by member. */
public final class ChangedContent {

  private ChangedContent() {}

  /**
   * Requires that a version still has the content that somebody read.
   *
   * @throws DomainException {@link Problem#CONTENT_CHANGED} naming what changed, where what was
   *     read had been in review; what never was is left to the version itself
   */
  public static void requireRead(
      ProfileVersion version, Digest read, Reviews reviews, Catalog catalog) {
    if (read.equals(version.getDigest())) {
      return;
    }
    Optional<Submission> before = reviews.submission(version, read);
    if (before.isPresent()) {
      List<Fault> changed =
          members(VersionDiff.between(before.get().content(), version.content(), catalog), catalog);
      throw new DomainException(
          Problem.CONTENT_CHANGED,
          "The content changed since it was read, in %s: its digest is now %s. Read it again."
              .formatted(Count.of(changed.size(), "place"), version.getDigest()),
          changed);
    }
  }

  /** One entry for each setting, parameter and base that changes, from → to. */
  static List<Fault> members(VersionDiff diff, Catalog catalog) {
    List<Fault> members = new ArrayList<>();
    for (VersionDiff.Change change : diff.changes()) {
      members.add(
          new Fault(
              "/settings/" + escaped(change.key()),
              switch (change.kind()) {
                case REASON -> "Only its reason is another.";
                case STRENGTH -> arrow(strength(change.from()), strength(change.to()));
                case ADDED, REMOVED, CHANGED ->
                    arrow(said(change.from(), catalog), said(change.to(), catalog));
              }));
    }
    for (ParameterChange change : diff.parameters()) {
      members.add(
          new Fault(
              "/parameters/" + escaped(change.name()),
              arrow(said(change.from()), said(change.to()))));
    }
    if (diff.isMoved()) {
      members.add(new Fault("/extends", arrow(said(diff.from()), said(diff.to()))));
    }
    return members;
  }

  private static String arrow(String from, String to) {
    return from.equals(to) ? from + ", with another description or example" : from + " → " + to;
  }

  private static String said(ProfileSetting setting, Catalog catalog) {
    if (setting == null) {
      return "not set";
    }
    String value = ValueChange.shown(setting.known(catalog), setting.value());
    String type = setting.declared() == null ? "" : " (" + setting.declared().takes() + ")";
    return value + type + (setting.mandatory() ? ", mandatory" : "");
  }

  private static String strength(ProfileSetting setting) {
    return setting.mandatory() ? "mandatory" : "not mandatory";
  }

  private static String said(Parameter parameter) {
    if (parameter == null) {
      return "no such parameter";
    }
    return parameter.standard() == null
        ? parameter.takes()
        : parameter.takes() + ", by default " + parameter.standard().display();
  }

  private static String said(VersionRef base) {
    return base == null ? "nothing" : base.describe();
  }

  /** A member's name as a JSON pointer (RFC 6901) writes it. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

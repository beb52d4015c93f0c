package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.Advice;
import dev.palisade.profile.Decision;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.application.DecideVersion;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One version: its settings by family, and the decision on exactly this content. */
@Named("profileVersion")
@RequestScoped
public class ProfileVersionBacking {

  /** A family and the settings of it that the version holds. */
  public record Family(String name, List<Row> rows) {}

  /** A setting as the version has it, and what the catalog knows about it. */
  public record Row(ProfileSetting chosen, Setting known, List<Advice> advice) {

    /** The value with its word: {@code 1 (strict)}. */
    public String shownValue() {
      String word = known.meaning(chosen.value());
      return word == null ? chosen.value().display() : chosen.value().display() + " " + word;
    }

    public boolean equalsDefault() {
      return chosen.value().equals(known.kernelDefault());
    }
  }

  @Inject private ReadProfiles profiles;
  @Inject private DecideVersion decide;
  @Inject private Catalog catalog;
  @Inject private VersionDecisionBacking decision;

  private String slug;
  private int number;
  private String readDigest;
  private String comment;
  private ProfileVersion version;

  public ProfileVersion getVersion() {
    if (version == null) {
      version = profiles.version(slug == null ? "" : slug, number);
    }
    return version;
  }

  /** Families in the catalog's order. */
  public List<Family> getFamilies() {
    List<String> order = catalog.settings().stream().map(Setting::family).distinct().toList();
    Map<Integer, Family> families = new TreeMap<>();
    for (ProfileSetting chosen : getVersion().content().settings()) {
      Setting known = catalog.find(chosen.key()).orElseThrow();
      families
          .computeIfAbsent(
              order.indexOf(known.family()), any -> new Family(known.family(), new ArrayList<>()))
          .rows()
          .add(new Row(chosen, known, Advice.on(chosen, getVersion().content(), catalog)));
    }
    return List.copyOf(families.values());
  }

  /** How many settings have the value that the kernel has anyway. */
  public long getDefaults() {
    return getFamilies().stream()
        .flatMap(f -> f.rows().stream())
        .filter(Row::equalsDefault)
        .count();
  }

  public List<Decision> getDecisions() {
    return getVersion().getDecisions();
  }

  /** Who edited it besides the author, as one phrase. */
  public String getEditors() {
    return getVersion().getWriters().stream()
        .filter(person -> !person.equals(getVersion().getAuthor()))
        .collect(Collectors.joining(", "));
  }

  public boolean isDecidable() {
    return getWhyNot().isEmpty();
  }

  /** Why this person cannot decide now; empty when they can. */
  public String getWhyNot() {
    return decision.whyNot(getVersion());
  }

  public void approve() {
    decide(read -> decision.approve(slug, number, read, comment));
  }

  public void reject() {
    decide(read -> decide.reject(slug, number, read, comment).describe() + " is rejected.");
  }

  /**
   * Where the content changed since it was read, the page is shown anew: it has to be read again.
   */
  private void decide(Function<Digest, String> act) {
    try {
      PageFlow.done(path(), act.apply(new Digest(readDigest)));
    } catch (DomainException e) {
      if (e.problem() != Problem.CONTENT_CHANGED) {
        throw e;
      }
      PageFlow.stale(path(), e.detail());
    }
  }

  private String path() {
    return "/profile/version?slug=" + PageFlow.encoded(slug) + "&number=" + number;
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public int getNumber() {
    return number;
  }

  public void setNumber(int number) {
    this.number = number;
  }

  /** The digest that the page showed when it was opened. */
  public String getReadDigest() {
    return readDigest == null ? getVersion().getDigest().hex() : readDigest;
  }

  public void setReadDigest(String readDigest) {
    this.readDigest = readDigest;
  }

  public String getComment() {
    return comment;
  }

  public void setComment(String comment) {
    this.comment = comment;
  }
}

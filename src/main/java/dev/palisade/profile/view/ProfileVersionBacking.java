package dev.palisade.profile.view;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.Decision;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.application.DecideVersion;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.Flash;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One version, and the decision on exactly this content. */
@Named("profileVersion")
@RequestScoped
public class ProfileVersionBacking {

  private static final String TYPED = "typedBesideTheDecision";

  @Inject private ReadProfiles profiles;
  @Inject private DecideVersion decide;
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
   * Where the content changed since it was read, the page is shown anew with what changed: it has
   * to be read again. What was typed beside the decision is kept.
   */
  private void decide(Function<Digest, String> act) {
    try {
      PageFlow.done(path(null, null, null), act.apply(new Digest(readDigest)));
    } catch (DomainException e) {
      if (e.problem() != Problem.CONTENT_CHANGED) {
        throw e;
      }
      flash().put(TYPED, comment);
      PageFlow.stale(path("changes", null, e.faults().isEmpty() ? null : readDigest), e.detail());
    }
  }

  private static Flash flash() {
    return FacesContext.getCurrentInstance().getExternalContext().getFlash();
  }

  /** The page's address below the context path; null leaves a part out. */
  String path(String tab, String againstProfile, String against) {
    return "/profile/version?slug="
        + PageFlow.encoded(slug)
        + "&number="
        + number
        + member("tab", tab)
        + member("againstProfile", againstProfile)
        + member("against", against);
  }

  private static String member(String name, String value) {
    return value == null || value.isEmpty() ? "" : "&" + name + "=" + PageFlow.encoded(value);
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
    return comment == null ? (String) flash().get(TYPED) : comment;
  }

  public void setComment(String comment) {
    this.comment = comment;
  }
}

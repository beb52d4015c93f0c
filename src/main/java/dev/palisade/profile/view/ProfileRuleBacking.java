package dev.palisade.profile.view;

import dev.palisade.profile.Profile;
import dev.palisade.profile.RuleChange;
import dev.palisade.profile.application.ChangeRule;
import dev.palisade.profile.application.CreateProfile;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadProfiles.ProposedRule;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;

/** What a profile asks for before a version is approved, and looser rules that are proposed. */
@Named("profileRule")
@RequestScoped
public class ProfileRuleBacking {

  @Inject private ReadProfiles profiles;
  @Inject private CreateProfile createProfile;
  @Inject private ChangeRule changeRule;

  private String slug;
  private Integer approvals;
  private Integer hours;
  private String words;
  private Long readChange;
  private Profile profile;
  private List<ProposedRule> changes;

  public Profile getProfile() {
    if (profile == null) {
      profile = profiles.profile(slug == null ? "" : slug);
    }
    return profile;
  }

  /** Every change that was ever proposed, newest first. */
  public List<ProposedRule> getChanges() {
    if (changes == null) {
      changes = profiles.ruleChanges(getProfile().getSlug());
    }
    return changes;
  }

  /** The proposal that waits, or null. */
  public ProposedRule getOpen() {
    return getChanges().stream().filter(ProposedRule::isOpen).findFirst().orElse(null);
  }

  /** Asks for more at once. */
  public void tighten() {
    done(
        "asks for "
            + createProfile.describe(slug, null, null, approvals, emergency()).rule().describe());
  }

  public void propose() {
    RuleChange change = changeRule.propose(slug, approvals, emergency(), words);
    done("may ask for " + change.to().describe() + " once somebody else approves that");
  }

  public void approve() {
    done("asks for " + changeRule.approve(slug, readChange, words).to().describe());
  }

  public void reject() {
    done("goes on asking for " + changeRule.reject(slug, readChange, words).from().describe());
  }

  public void withdraw() {
    done("goes on asking for " + changeRule.withdraw(slug, readChange).from().describe());
  }

  private void done(String what) {
    PageFlow.done("/profile/rule?slug=" + PageFlow.encoded(slug), slug + " " + what + ".");
  }

  private Duration emergency() {
    return hours == null ? null : Duration.ofHours(hours);
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  /** Empty for as it is. */
  public Integer getApprovals() {
    return approvals;
  }

  public void setApprovals(Integer approvals) {
    this.approvals = approvals;
  }

  /** The time in which an emergency is confirmed, 0 for none; empty for as it is. */
  public Integer getHours() {
    return hours;
  }

  public void setHours(Integer hours) {
    this.hours = hours;
  }

  public String getWords() {
    return words;
  }

  public void setWords(String words) {
    this.words = words;
  }

  /** The proposal that the page showed when it was opened; another may wait by now. */
  public Long getReadChange() {
    return readChange == null && getOpen() != null ? getOpen().change().getId() : readChange;
  }

  public void setReadChange(Long readChange) {
    this.readChange = readChange;
  }
}

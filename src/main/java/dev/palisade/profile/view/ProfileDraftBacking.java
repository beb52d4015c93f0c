package dev.palisade.profile.view;

import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.application.CreateProfile;
import dev.palisade.profile.application.DraftVersion;
import dev.palisade.profile.application.RetireVersion;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What authors do with profiles and versions as wholes: begin, submit, withdraw, retire. */
@Named("profileDraft")
@RequestScoped
public class ProfileDraftBacking {

  @Inject private CreateProfile createProfile;
  @Inject private DraftVersion draft;
  @Inject private RetireVersion retire;

  private String slug;
  private String name;
  private String description;
  private Integer requiredApprovals = 1;

  /** Creates a profile with an empty first draft, and leads to the editor. */
  public void create() {
    createProfile.create(
        slug == null ? "" : slug.strip(), name, description, requiredApprovals, null);
    edit(draft.start(slug.strip()), "is begun. Add its settings.");
  }

  /** Begins the next version with the content of this one. */
  public void startFrom(ProfileVersion version) {
    String of = version.getProfile().getSlug();
    edit(draft.startFrom(of, of, version.getNumber()), "is begun as a copy. Change it.");
  }

  public void submit(ProfileVersion version) {
    show(draft.submit(version.getProfile().getSlug(), version.getNumber()), "waits for review.");
  }

  public void withdraw(ProfileVersion version) {
    show(
        draft.withdraw(version.getProfile().getSlug(), version.getNumber()),
        "is a draft again; decisions taken so far are void once it is edited.");
  }

  public void retire(ProfileVersion version) {
    show(
        retire.retire(version.getProfile().getSlug(), version.getNumber()),
        "is retired: hosts keep what they have, further rollouts refuse it.");
  }

  private static void edit(ProfileVersion version, String happened) {
    PageFlow.done("/profile/edit" + address(version), version.describe() + " " + happened);
  }

  private static void show(ProfileVersion version, String happened) {
    PageFlow.done("/profile/version" + address(version), version.describe() + " " + happened);
  }

  private static String address(ProfileVersion version) {
    return "?slug="
        + PageFlow.encoded(version.getProfile().getSlug())
        + "&number="
        + version.getNumber();
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public Integer getRequiredApprovals() {
    return requiredApprovals;
  }

  public void setRequiredApprovals(Integer requiredApprovals) {
    this.requiredApprovals = requiredApprovals;
  }
}

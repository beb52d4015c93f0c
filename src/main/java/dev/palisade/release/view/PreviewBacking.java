package dev.palisade.release.view;

import dev.palisade.nix.LineDiff;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.release.application.PreviewVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What a version would render to. */
@Named("preview")
@RequestScoped
public class PreviewBacking {

  @Inject private PreviewVersion preview;

  private List<LineDiff.Line> changes;

  public String module(String slug, int number) {
    return preview.module(slug, number);
  }

  /**
   * What changes in the rendered module, line by line; a page compares one pair of versions.
   *
   * @param from null to compare with an empty module
   */
  public List<LineDiff.Line> changes(ProfileVersion from, ProfileVersion to) {
    if (changes == null) {
      changes =
          preview.changes(
              from == null ? null : from.getProfile().getSlug(),
              from == null ? 0 : from.getNumber(),
              to.getProfile().getSlug(),
              to.getNumber());
    }
    return changes;
  }
}

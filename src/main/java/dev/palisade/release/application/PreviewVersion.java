package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.nix.LineDiff;
import dev.palisade.nix.ModuleContent;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SysctlConf;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.release.ReleaseRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Function;

/**
 * Shows what a version would render to, before anybody rolls it out. The first line says in what
 * state the version is, so that a preview is never mistaken for a release.
 */
@ApplicationScoped
public class PreviewVersion {

  private static final int CONTEXT = 3;

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;

  /** The module as a host would get it. */
  @Requires(Permission.VIEW)
  @Transactional
  public String module(String slug, int number) {
    return rendered(slug, number, ModuleRenderer::render);
  }

  /**
   * What changes in the module from one version to another, line by line and without the headings.
   *
   * @param fromSlug null to compare with an empty module
   */
  @Requires(Permission.VIEW)
  @Transactional
  public List<LineDiff.Line> changes(String fromSlug, int fromNumber, String slug, int number) {
    List<ProfileVersion> from =
        fromSlug == null ? List.of() : List.of(profiles.existing(fromSlug, fromNumber));
    return LineDiff.between(body(from), body(List.of(profiles.existing(slug, number))), CONTEXT);
  }

  private String body(List<ProfileVersion> versions) {
    return ModuleRenderer.render(ReleaseRecord.resolve(versions, catalog).content(List.of()));
  }

  /** The module and its flake as a {@code .tar.gz}. */
  @Requires(Permission.VIEW)
  @Transactional
  public byte[] archive(String slug, int number) {
    return ReleaseFiles.tree(rendered(slug, number, ModuleRenderer::render))
        .tarGz(slug + "-v" + number + "-preview");
  }

  /** Its sysctls as a file for {@code /etc/sysctl.d}. */
  @Requires(Permission.VIEW)
  @Transactional
  public String sysctlConf(String slug, int number) {
    return rendered(slug, number, SysctlConf::render);
  }

  /** The canonical JSON whose digest people approve. */
  @Requires(Permission.VIEW)
  @Transactional
  public String json(String slug, int number) {
    return profiles.existing(slug, number).content().canonical();
  }

  private String rendered(String slug, int number, Function<ModuleContent, String> renderer) {
    ProfileVersion version = profiles.existing(slug, number);
    ReleaseRecord resolved = ReleaseRecord.resolve(List.of(version), catalog);
    return renderer.apply(
        resolved.content(
            List.of(
                "Preview of " + version.describe() + ": " + version.getState().inSentence(),
                "Version digest " + version.getDigest().hex())));
  }
}

package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.nix.LineDiff;
import dev.palisade.nix.ModuleContent;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SysctlConf;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.ReleaseRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shows what a version would render to, before anybody rolls it out. The first line says in what
 * state the version is, so that a preview is never mistaken for a release.
 */
@ApplicationScoped
public class PreviewVersion {

  private static final int CONTEXT = 3;

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;
  @Inject private Catalog catalog;

  /** The module as a host would get it. */
  @Requires(Permission.VIEW)
  @Transactional
  public String module(String slug, int number) {
    return rendered(slug, number, PreviewVersion::rendered);
  }

  /**
   * What changes in the module from one content to another, line by line and without the headings.
   *
   * @param from a version as it is, or as it was in review; null to compare with an empty module
   */
  @Requires(Permission.VIEW)
  @Transactional
  public List<LineDiff.Line> changes(VersionRef from, VersionRef to) {
    return LineDiff.between(body(found(from)), body(found(to)), CONTEXT);
  }

  /** The kernel modules that a host loads because of a version's values; as for changes. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<String> kernelModules(VersionRef version) {
    return ReleaseRecord.of(effective(found(version)), catalog).kernelModules();
  }

  private List<ProfileVersion> found(VersionRef ref) {
    if (ref == null) {
      return List.of();
    }
    ProfileVersion version = profiles.existing(ref.slug(), ref.number());
    return List.of(
        version.getDigest().equals(ref.digest())
            ? version
            : reviews
                .submission(version, ref.digest())
                .map(Submission::asItWas)
                .orElseThrow(() -> DomainException.notFound("content", ref.digest().hex())));
  }

  private String body(List<ProfileVersion> versions) {
    return rendered(
        ReleaseRecord.of(effective(versions), catalog).content(List.of()).withoutVersions());
  }

  private static String rendered(ModuleContent content) {
    return ModuleRenderer.render(ModuleRenderer.ID, content);
  }

  private EffectiveProfile effective(List<ProfileVersion> versions) {
    return EffectiveProfile.of(Layers.of(versions, profiles), Map.of(), Missing.SHOWN, catalog);
  }

  /** The module and its flake as a {@code .tar.gz}. */
  @Requires(Permission.VIEW)
  @Transactional
  public byte[] archive(String slug, int number) {
    return ReleaseFiles.tree(rendered(slug, number, PreviewVersion::rendered))
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
    EffectiveProfile effective = effective(List.of(version));
    List<String> heading = new ArrayList<>();
    heading.add("Preview of " + version.describe() + ": " + version.getState().inSentence());
    heading.add("Version digest " + version.getDigest().hex());
    effective.layers().stream()
        .filter(layer -> !layer.digest().equals(version.getDigest()))
        .forEach(layer -> heading.add("Over " + layer.describe() + " " + layer.digest().hex()));
    effective
        .parameters()
        .forEach(
            (name, value) ->
                heading.add(
                    "Parameter: "
                        + name
                        + " = "
                        + value.display()
                        + (effective.missing().contains(name) ? ", an example" : ", the default")));
    return renderer.apply(ReleaseRecord.of(effective, catalog).content(heading));
  }
}

package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Count;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.ImportMode;
import dev.palisade.profile.Layers;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.SettingsImport;
import dev.palisade.profile.SettingsImport.Imported;
import dev.palisade.profile.VersionContent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins a draft with what an existing configuration says. */
@ApplicationScoped
public class ImportSettings {

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * The draft, and what was read how.
   *
   * @param dropped keys that the profile's newest version has and the draft has not
   */
  public record Result(ProfileVersion draft, Imported imported, List<String> dropped) {}

  /**
   * Reads a text into a new draft.
   *
   * @param mode what becomes of the newest approved version, or else the newest one; null is
   *     accepted only where the profile has no version
   * @throws DomainException when the text holds nothing that the catalog knows, or a mode is
   *     missing
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public Result read(String slug, SettingsImport.Options options, String text, ImportMode mode) {
    Profile profile =
        profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
    Imported imported = SettingsImport.read(options, text, catalog);
    if (imported.content().equals(VersionContent.EMPTY)) {
      throw DomainException.notValid("/text", nothingRead(imported));
    }
    Optional<ProfileVersion> present = present(slug);
    VersionContent content =
        present
            .map(version -> content(version, imported.content(), mode))
            .orElse(imported.content());
    ProfileVersion draft =
        new ProfileVersion(
            profile, profiles.nextNumber(profile), content, actor.getName(), clock.instant());
    Layers.requireApproved(draft, profiles);
    profiles.add(draft);
    profiles.flush();
    acts.record(
        "version.imported",
        "version",
        draft.describe(),
        Map.of(
            "digest",
            draft.getDigest().hex(),
            "format",
            options.format() == null ? "auto" : options.format().code(),
            "notUnderstood",
            imported.notUnderstood().size()));
    return new Result(
        draft,
        imported,
        present.map(version -> ImportMode.dropped(version.content(), content)).orElse(List.of()));
  }

  private Optional<ProfileVersion> present(String slug) {
    return profiles
        .newestApproved(slug)
        .or(
            () ->
                profiles.versions(slug).stream()
                    .max(Comparator.comparingInt(ProfileVersion::getNumber)));
  }

  private static VersionContent content(
      ProfileVersion version, VersionContent read, ImportMode mode) {
    if (mode == null) {
      throw DomainException.notValid(
          "/mode",
          "The profile has versions: merge lays the text over "
              + version.describe()
              + ", replace drops what the text does not name ("
              + ImportMode.dropped(version.content(), read).size()
              + " of "
              + Count.of(version.content().settings().size(), "setting")
              + ").");
    }
    return mode.apply(version.content(), read);
  }

  private static String nothingRead(Imported imported) {
    if (imported.notUnderstood().isEmpty()) {
      return "The text holds no setting.";
    }
    Note first = imported.notUnderstood().get(0);
    int more = imported.notUnderstood().size() - 1;
    return "Nothing in it is understood. Line "
        + first.line()
        + ": "
        + first.text()
        + ": "
        + first.why()
        + (more == 0 ? "" : " (and " + Count.of(more, "more place") + ")");
  }
}

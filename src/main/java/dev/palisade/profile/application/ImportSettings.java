package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
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
import java.util.Map;

/** Begins a draft with what an existing configuration says. */
@ApplicationScoped
public class ImportSettings {

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /** The draft, and what was read how. */
  public record Result(ProfileVersion draft, Imported imported) {}

  /**
   * Reads a text into a new draft.
   *
   * @param globsMeanBoth see {@link SettingsImport#read}
   * @throws DomainException when the text holds nothing that the catalog knows
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public Result read(
      String slug, SettingsImport.Format format, String text, boolean globsMeanBoth) {
    Profile profile =
        profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
    Imported imported = SettingsImport.read(format, text, globsMeanBoth, catalog);
    if (imported.content().equals(VersionContent.EMPTY)) {
      throw DomainException.notValid(
          "/text",
          imported.notUnderstood().isEmpty()
              ? "The text holds no setting."
              : "Nothing in it is understood. Line "
                  + imported.notUnderstood().get(0).line()
                  + ": "
                  + imported.notUnderstood().get(0).why());
    }
    ProfileVersion draft =
        new ProfileVersion(
            profile,
            profiles.nextNumber(profile),
            imported.content(),
            actor.getName(),
            clock.instant());
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
            format.code(),
            "notUnderstood",
            imported.notUnderstood().size()));
    return new Result(draft, imported);
  }
}

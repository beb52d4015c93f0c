package dev.palisade.profile.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.SettingsCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the profiles that come with the portal into an installation that does not have them:
 * version 1, in review, written by the portal's own account. A person still has to approve it.
 */
@ApplicationScoped
public class ShippedProfiles {

  private static final List<String> SLUGS =
      List.of("homelab-lan", "wan-exposed", "kernel-baseline");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Inject private CreateProfile createProfile;
  @Inject private DraftVersion draftVersion;
  @Inject private Profiles profiles;
  @Inject private CurrentActor actor;

  /** Adds what is missing. Acts as the portal's own account. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public void install() {
    if (!actor.get().equals(Actor.PORTAL)) {
      throw new IllegalStateException("Shipped profiles are written by the portal itself");
    }
    SLUGS.stream().filter(slug -> profiles.find(slug).isEmpty()).forEach(this::install);
  }

  private void install(String slug) {
    JsonNode shipped = read(slug);
    createProfile.create(
        slug, shipped.get("name").textValue(), shipped.get("description").textValue(), null, null);
    int number = draftVersion.start(slug).getNumber();
    List<SettingsCheck.Entry> entries = new ArrayList<>();
    for (JsonNode setting : shipped.get("settings")) {
      entries.add(
          new SettingsCheck.Entry(
              setting.get("key").textValue(),
              setting.get("value"),
              setting.path("reason").textValue()));
    }
    if (shipped.has("parameters")) {
      draftVersion.parameters(
          slug,
          number,
          List.of(JSON.convertValue(shipped.get("parameters"), ParametersCheck.Entry[].class)),
          null);
    }
    draftVersion.edit(slug, number, entries, null);
    draftVersion.submit(slug, number);
  }

  private static JsonNode read(String slug) {
    try (InputStream in =
        ShippedProfiles.class.getResourceAsStream("/dev/palisade/profile/" + slug + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

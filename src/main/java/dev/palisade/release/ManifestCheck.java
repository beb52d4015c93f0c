package dev.palisade.release;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ShippedCatalogs;
import dev.palisade.core.Digest;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.WaivedSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Derives the manifest of a release again from what it names and compares it whole. It is the one
 * check before a release is stored, delivered and signed, and in {@code verify-release}.
 *
 * <p>A manifest names versions, parameter values, waivers and a renderer; the catalog is named
 * beside it. Everything else in it follows from these, down to the kind, merge rule, family and
 * aliases of each setting. The catalog is looked up in the program, never in what is checked.
 */
public final class ManifestCheck {

  private ManifestCheck() {}

  /**
   * Reads the canonical text of a manifest.
   *
   * @return empty for any text that this version of Palisade would not write
   */
  public static Optional<ReleaseRecord> read(String manifest) {
    try {
      ReleaseRecord record = ReleaseRecord.read(manifest);
      return record.canonical().equals(manifest) ? Optional.of(record) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * What keeps a manifest from being exactly what is derived from its versions.
   *
   * @param manifest its canonical text, as it is stored or was received
   * @param catalog the digest of the catalog by which it says it was resolved
   * @param layers the versions that it names, the undermost first; that people approved them is the
   *     caller's to know
   * @return a sentence for a person; empty when nothing does
   */
  public static Optional<String> fault(
      String manifest, Digest catalog, List<ProfileVersion> layers) {
    Optional<Catalog> shipped = ShippedCatalogs.find(catalog);
    if (shipped.isEmpty()) {
      return Optional.of(
          "It names the catalog "
              + catalog.hex()
              + ", which this version of Palisade does not ship.");
    }
    Optional<ReleaseRecord> claimed = read(manifest);
    if (claimed.isEmpty()) {
      return Optional.of("Its manifest cannot be read by this version of Palisade.");
    }
    Optional<String> fault = Layers.fault(layers);
    if (fault.isPresent()) {
      return fault;
    }
    try {
      if (derived(claimed.get(), shipped.get(), layers).canonical().equals(manifest)) {
        return Optional.empty();
      }
    } catch (RuntimeException e) {
      return Optional.of("No release comes of the versions that it names: " + e.getMessage());
    }
    return Optional.of(
        "The record says something else than the versions and waivers that it names.");
  }

  private static ReleaseRecord derived(
      ReleaseRecord claimed, Catalog catalog, List<ProfileVersion> layers) {
    Map<String, Optional<SettingValue>> waived = new TreeMap<>();
    for (WaivedSetting waiver : claimed.waivers()) {
      waived.put(waiver.key(), Optional.ofNullable(waiver.value()));
    }
    EffectiveProfile effective = EffectiveProfile.of(layers, claimed.parameters(), catalog);
    return ReleaseRecord.of(claimed.renderer(), effective.waivedBy(waived), catalog);
  }
}

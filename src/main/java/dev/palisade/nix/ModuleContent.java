package dev.palisade.nix;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one module holds.
 *
 * @param heading lines of comment at its top
 * @param release the release's digest, or null for what is no release
 * @param versions the approved versions that it comes from, the undermost layer first
 * @param families of settings in the order in which they are shown
 * @param settings resolved settings; kept in key order
 * @param kernelModules names of modules to load, in addition to what the settings say
 */
public record ModuleContent(
    List<String> heading,
    @Nullable String release,
    List<Version> versions,
    List<String> families,
    List<ModuleSetting> settings,
    List<String> kernelModules) {

  /** A version by name, and the digest that people approved. */
  public record Version(String slug, int number, String digest) {}

  public ModuleContent {
    heading = List.copyOf(heading);
    versions = List.copyOf(versions);
    families = List.copyOf(families);
    settings =
        settings.stream().sorted(Comparator.comparing(ModuleSetting::key, NixText.ORDER)).toList();
    kernelModules = kernelModules.stream().sorted(NixText.ORDER).toList();
  }

  /** The same without its origin, to compare what two contents do. */
  public ModuleContent withoutVersions() {
    return new ModuleContent(heading, release, List.of(), families, settings, kernelModules);
  }
}

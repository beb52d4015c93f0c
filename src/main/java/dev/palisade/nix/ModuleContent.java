package dev.palisade.nix;

import java.util.Comparator;
import java.util.List;

/**
 * What one module holds.
 *
 * @param heading lines of comment at its top
 * @param settings resolved settings; kept in key order
 * @param kernelModules names of modules to load, in addition to what the settings say
 */
public record ModuleContent(
    List<String> heading, List<ModuleSetting> settings, List<String> kernelModules) {

  public ModuleContent {
    heading = List.copyOf(heading);
    settings =
        settings.stream().sorted(Comparator.comparing(ModuleSetting::key, NixText.ORDER)).toList();
    kernelModules = kernelModules.stream().sorted(NixText.ORDER).toList();
  }
}

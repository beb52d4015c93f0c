package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.Leeway;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.application.ReadLayers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What a version leaves to operators, what it lies over, and what they come to together. */
@Named("versionLayers")
@RequestScoped
public class VersionLayersBacking {

  /** A parameter, and what an operator's choice can do to each setting that uses it. */
  public record ParameterRow(Parameter parameter, List<Leeway> uses) {

    /** Whether some choice makes a setting weaker. */
    public boolean isWeakening() {
      return uses.stream().anyMatch(Leeway::weakens);
    }
  }

  @Inject private ReadLayers layers;
  @Inject private Catalog catalog;
  @Inject private ProfileVersionBacking page;

  private ReadLayers.Stack stack;
  private List<ParameterRow> parameters;

  /** By name. */
  public List<ParameterRow> getParameters() {
    if (parameters == null) {
      VersionContent content = page.getVersion().content();
      parameters =
          content.parameters().stream()
              .map(p -> new ParameterRow(p, Leeway.of(p, content, catalog)))
              .toList();
    }
    return parameters;
  }

  /** How many parameters leave a choice that makes a setting weaker. */
  public long getWeakening() {
    return getParameters().stream().filter(ParameterRow::isWeakening).count();
  }

  private ReadLayers.Stack stack() {
    if (stack == null) {
      ProfileVersion version = page.getVersion();
      stack = layers.of(version.getProfile().getSlug(), version.getNumber());
    }
    return stack;
  }

  /** The version first, then what lies under it, down to the bottom. */
  public List<ProfileVersion> getLayers() {
    return stack().layers();
  }

  /** Why the layers do not come to anything, or null. */
  public String getRefused() {
    return stack().refused();
  }

  /** What they come to, by key; null where they contradict each other. */
  public EffectiveProfile getEffective() {
    return stack().effective();
  }

  /** The value with its word: {@code 1 strict}. */
  public String shown(EffectiveSetting setting) {
    String word = setting.known().meaning(setting.value());
    return word == null ? setting.value().display() : setting.value().display() + " " + word;
  }

  /** A parameter's value in a preview, and where it is from. */
  public String from(String parameter) {
    return parameter
        + " = "
        + getEffective().parameters().get(parameter).display()
        + (getEffective().missing().contains(parameter) ? ", an example" : ", the default");
  }
}

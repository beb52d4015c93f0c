package dev.palisade.release.view;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.nix.LineDiff;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.application.PreviewVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a version would render to. A page previews one version, and compares one pair. */
@Named("preview")
@RequestScoped
public class PreviewBacking {

  /**
   * Something rendered.
   *
   * @param refused why it does not render, or null; then there is no result
   */
  public record Rendered<T>(T result, String refused) {

    private static <T> Rendered<T> of(Supplier<T> rendering) {
      try {
        return new Rendered<>(rendering.get(), null);
      } catch (DomainException e) {
        if (e.problem() != Problem.CONFLICT) {
          throw e;
        }
        return new Rendered<>(null, e.detail());
      }
    }
  }

  @Inject private PreviewVersion preview;

  private Rendered<String> module;
  private Rendered<List<LineDiff.Line>> changes;
  private final Map<VersionRef, Rendered<List<String>>> kernelModules = new HashMap<>();

  public Rendered<String> module(String slug, int number) {
    if (module == null) {
      module = Rendered.of(() -> preview.module(slug, number));
    }
    return module;
  }

  /**
   * What changes in the rendered module, line by line.
   *
   * @param from null to compare with an empty module
   */
  public Rendered<List<LineDiff.Line>> changes(ProfileVersion from, ProfileVersion to) {
    if (changes == null) {
      changes =
          Rendered.of(
              () -> preview.changes(from == null ? null : VersionRef.of(from), VersionRef.of(to)));
    }
    return changes;
  }

  /** The kernel modules that follow from a version's values, as one phrase; may be empty. */
  public String kernelModules(ProfileVersion version) {
    if (version == null) {
      return "";
    }
    List<String> modules =
        kernelModules
            .computeIfAbsent(
                VersionRef.of(version), ref -> Rendered.of(() -> preview.kernelModules(ref)))
            .result();
    return modules == null ? "" : String.join(", ", modules);
  }
}

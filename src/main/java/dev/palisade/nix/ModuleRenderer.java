package dev.palisade.nix;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.util.List;

/**
 * Renders a NixOS module. Every release names the renderer that made it, and what a renderer once
 * made it makes for ever: another output needs another id.
 */
public final class ModuleRenderer {

  /** Names the renderer of new releases. */
  public static final String ID = "palisade.nix/2";

  private static final String FIRST = "palisade.nix/1";

  private ModuleRenderer() {}

  /**
   * The module's text, ending in a line feed. Equal content gives equal bytes.
   *
   * @param id names the renderer
   * @throws DomainException {@link Problem#CONFLICT} for a renderer that this portal does not have
   */
  public static String render(String id, ModuleContent content) {
    return isFirst(id) ? PlainModule.render(content) : TellingModule.render(content);
  }

  /**
   * Kernel modules without which settings have no effect, in order, each once.
   *
   * @param id names the renderer
   * @throws DomainException {@link Problem#CONFLICT} for a renderer that this portal does not have
   */
  public static List<String> kernelModules(String id, List<ModuleSetting> settings) {
    return isFirst(id) ? KernelModules.ofFirst(settings) : KernelModules.of(settings);
  }

  private static boolean isFirst(String id) {
    if (!id.equals(FIRST) && !id.equals(ID)) {
      throw new DomainException(
          Problem.CONFLICT,
          "The release was made by the renderer “%s”, which this portal does not have: only a newer version of the portal can deliver it."
              .formatted(id));
    }
    return id.equals(FIRST);
  }
}

package dev.palisade.nix;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The files that a host fetches: the module, and a flake around it that needs no input. */
public final class ReleaseFiles {

  private static final String FLAKE =
      """
      {
        description = "Hardening release";

        outputs = _: {
          nixosModules.default = import ./default.nix;
        };
      }
      """;

  private ReleaseFiles() {}

  /** The tree with {@code default.nix} and {@code flake.nix}. */
  public static SourceTree tree(String module) {
    return SourceTree.of(
        Map.of(
            "default.nix",
            module.getBytes(StandardCharsets.UTF_8),
            "flake.nix",
            FLAKE.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.palisade.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A module as the real Nix evaluates it, beside a stub of the NixOS library: {@code mkOverride}
 * gives {@code {_priority, _value}}.
 */
public final class EvaluatedModule {

  /** What a module is called with. */
  public static final String ARGUMENTS =
      "{ lib = { mkOverride = p: v: { _priority = p; _value = v; }; }; config = { }; options = { };"
          + " pkgs = { }; }";

  private EvaluatedModule() {}

  /** The module's attribute set as JSON. */
  public static JsonNode of(String module) {
    try {
      Path file = Files.createTempFile("module", ".nix");
      Files.writeString(file, module);
      Tools.Output output =
          Tools.nix(
              "nix-instantiate",
              "--eval",
              "--strict",
              "--json",
              "-E",
              "import " + file + " " + ARGUMENTS);
      if (output.exit() != 0) {
        throw new AssertionError("Nix refuses the module: " + output.err());
      }
      Files.delete(file);
      return new ObjectMapper().readTree(output.out());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.palisade.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Modules as the real Nix evaluates them beside a host's configuration, with the stand-in for the
 * module system and for NixOS in {@code evaluate.nix}. The result has {@code config}, {@code
 * warnings}, {@code failed} (messages of assertions) and {@code profile}.
 */
public final class EvaluatedModule {

  private static final String EVALUATE =
      "import " + EvaluatedModule.class.getResource("/dev/palisade/nix/evaluate.nix").getPath();

  /**
   * A host's configuration.
   *
   * @param module its own module, in Nix
   * @param without parts of NixOS that its nixpkgs does not have
   */
  public record Configuration(String module, List<String> without) {

    public Configuration(String module) {
      this(module, List.of());
    }
  }

  private EvaluatedModule() {}

  /** What Nix evaluates to see a module alone; the module is an expression. */
  public static String expression(String module) {
    return "(" + EVALUATE + " { it.modules = [ (" + module + ") ]; }).it";
  }

  /** A module alone. */
  public static JsonNode of(String module) {
    return beside(module, Map.of("it", new Configuration("{ }"))).get("it");
  }

  /** A module beside each of several hosts' configurations, by name. */
  public static JsonNode beside(String module, Map<String, Configuration> hosts) {
    Tools.Output output = evaluated(module, hosts);
    if (output.exit() != 0) {
      throw new AssertionError("Nix refuses the module: " + output.err());
    }
    try {
      return new ObjectMapper().readTree(output.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same where Nix is to say what is wrong. */
  public static Tools.Output evaluated(String module, Map<String, Configuration> hosts) {
    try {
      Path file = Files.createTempFile("module", ".nix");
      Files.writeString(file, module);
      StringBuilder expression = new StringBuilder("(").append(EVALUATE).append(") {\n");
      hosts.forEach(
          (name, host) ->
              expression.append(
                  "%s = { modules = [ %s (%s) ]; without = [ %s ]; };\n"
                      .formatted(
                          name,
                          file,
                          host.module(),
                          String.join(
                              " ", host.without().stream().map(w -> '"' + w + '"').toList()))));
      Path all = Files.createTempFile("hosts", ".nix");
      Files.writeString(all, expression.append("}\n"));
      Tools.Output output =
          Tools.nix("nix-instantiate", "--eval", "--strict", "--json", all.toString());
      Files.delete(file);
      Files.delete(all);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

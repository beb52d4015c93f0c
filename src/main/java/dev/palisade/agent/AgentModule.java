package dev.palisade.agent;

import dev.palisade.core.Digest;
import dev.palisade.nix.NixText;
import dev.palisade.nix.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The NixOS module of the agent, as one file with its scripts inside, and as a tree in which they
 * lie beside it. Both have the portal's address and its key as defaults, so whoever keeps a copy
 * has pinned the key. No time is in it: an unchanged portal gives the same bytes.
 *
 * @param portal how hosts reach the portal
 * @param publicKey PEM
 * @param host the default of the host's name; null for the name that the host gives itself
 */
public record AgentModule(String portal, String publicKey, @Nullable String host) {

  private static final String TOP_DIRECTORY = "palisade-agent";
  private static final List<String> SCRIPTS = List.of("collect.sh", "send.sh", "update.sh");

  private static final String FLAKE =
      """
      {
        description = "Palisade agent";

        outputs = _: {
          nixosModules.default = import ./default.nix;
        };
      }
      """;

  /** One file that needs nothing beside it. */
  public String text() {
    String text = module();
    for (String script : SCRIPTS) {
      text = once(text, "(builtins.readFile ./" + script + ")", NixText.string(resource(script)));
    }
    return heading(text) + text;
  }

  /** The module with its scripts as files, and a flake around it that needs no input. */
  public SourceTree tree() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("default.nix", module().getBytes(StandardCharsets.UTF_8));
    files.put("flake.nix", FLAKE.getBytes(StandardCharsets.UTF_8));
    SCRIPTS.forEach(script -> files.put(script, resource(script).getBytes(StandardCharsets.UTF_8)));
    return SourceTree.of(files);
  }

  /** The tree as Nix fetches it. */
  public byte[] archive() {
    return tree().tarGz(TOP_DIRECTORY);
  }

  private String module() {
    String text = once(resource("module.nix"), "\"@portal@\"", NixText.string(portal));
    text = once(text, "\"@publicKey@\"", NixText.string(publicKey));
    return host == null ? text : once(text, "config.networking.hostName", NixText.string(host));
  }

  private String heading(String text) {
    return """
        # Palisade agent %s of %s
        # Keep it beside the configuration, and add:
        #   imports = [ ./palisade-agent.nix ];
        #   services.palisade-agent.enable = true;
        #   services.palisade-agent.tokenFile = "/var/lib/secrets/palisade-token";
        """
        .formatted(Digest.of(text).brief(), NixText.comment(portal));
  }

  private static String once(String text, String mark, String with) {
    int at = text.indexOf(mark);
    if (at < 0 || text.indexOf(mark, at + 1) >= 0) {
      throw new IllegalStateException(mark + " does not stand exactly once in the agent's module");
    }
    return text.substring(0, at) + with + text.substring(at + mark.length());
  }

  private static String resource(String name) {
    try (InputStream in = AgentModule.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

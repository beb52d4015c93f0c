package dev.palisade.nix;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files from which a machine builds many hosts: each release once, and who runs which. */
public final class FleetFiles {

  private static final String FLAKE =
      """
      {
        description = "Hardening releases of a fleet";

        outputs = _: {
          nixosModules = import ./default.nix;
        };
      }
      """;

  private FleetFiles() {}

  /**
   * The tree with {@code flake.nix}, {@code default.nix} and one directory for each release.
   *
   * @param releases the digest of each host's release by the host's name
   * @param modules the modules' texts by digest
   */
  public static SourceTree tree(SortedMap<String, String> releases, Map<String, String> modules) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("flake.nix", bytes(FLAKE));
    StringBuilder hosts = new StringBuilder("{\n");
    releases.forEach(
        (host, digest) ->
            hosts
                .append("  ")
                .append(NixText.attributeName(host))
                .append(" = import ./releases/")
                .append(digest)
                .append(";\n"));
    files.put("default.nix", bytes(hosts.append("}\n").toString()));
    modules.forEach(
        (digest, module) -> files.put("releases/" + digest + "/default.nix", bytes(module)));
    return SourceTree.of(files);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

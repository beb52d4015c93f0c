package dev.palisade.release;

import dev.palisade.core.Digest;
import dev.palisade.nix.FleetFiles;
import dev.palisade.nix.SourceTree;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What several hosts were offered last, as the one tree from which a machine builds them all.
 *
 * @param releases by the host's name
 */
public record FleetRelease(SortedMap<String, Release> releases) {

  private static final String TOP_DIRECTORY = "fleet";

  public FleetRelease {
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
  }

  /** Names the content: which host is to run which release. */
  public Digest digest() {
    return Digest.of(digests().toString());
  }

  /** SRI hash of the tree that Nix fetches. */
  public String narHash() {
    return tree().narHash();
  }

  /** The {@code .tar.gz} that Nix fetches. */
  public byte[] archive() {
    return tree().tarGz(TOP_DIRECTORY);
  }

  private SourceTree tree() {
    SortedMap<String, String> modules = new TreeMap<>();
    releases.values().forEach(r -> modules.put(r.getDigest().hex(), r.getModule()));
    return FleetFiles.tree(digests(), modules);
  }

  private SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    releases.forEach((host, release) -> digests.put(host, release.getDigest().hex()));
    return digests;
  }
}

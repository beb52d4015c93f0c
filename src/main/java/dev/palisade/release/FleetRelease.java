package dev.palisade.release;

import dev.palisade.core.Digest;
import dev.palisade.nix.FleetFiles;
import dev.palisade.nix.SourceTree;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What several hosts were offered last, as the one tree from which a machine builds them all. */
public final class FleetRelease {

  private static final String TOP_DIRECTORY = "fleet";

  private final SortedMap<String, String> digests = new TreeMap<>();
  private final SourceTree tree;

  /** Of the newest offer to each of the hosts. */
  public FleetRelease(Collection<Offer> offers) {
    SortedMap<String, String> modules = new TreeMap<>();
    for (Offer offer : offers) {
      Release release = offer.getRelease();
      digests.put(offer.getHost().getName(), release.getDigest().hex());
      modules.put(release.getDigest().hex(), release.getModule());
    }
    this.tree = FleetFiles.tree(digests, modules);
  }

  /** How many hosts it is for. */
  public int hosts() {
    return digests.size();
  }

  /** Names the content: which host is to run which release. */
  public Digest digest() {
    return Digest.of(digests.toString());
  }

  /** SRI hash of the tree that Nix fetches. */
  public String narHash() {
    return tree.narHash();
  }

  /** The {@code .tar.gz} that Nix fetches. */
  public byte[] archive() {
    return tree.tarGz(TOP_DIRECTORY);
  }
}

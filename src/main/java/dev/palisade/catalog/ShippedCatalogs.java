package dev.palisade.catalog;

import dev.palisade.core.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogs by which a release may have been resolved: the one of this build and those of former
 * versions of Palisade. All of them lie inside the distribution and are named by digest here, so
 * that neither the database nor a file that somebody hands in can bring a catalog of its own.
 */
public final class ShippedCatalogs {

  /**
   * The digest of this build's catalog. It changes with any data file in the catalog's folder;
   * {@code CatalogDigestTest} prints the command that writes the new one.
   */
  private static final String PRESENT =
      "4b2d3e7ad6a680357cf043b617be4270a73df8b9cdc1afb5d70b8c5eecd7a245";

  /**
   * The digests of the catalogs of former versions of Palisade, each of which lies in the resource
   * {@code former/DIGEST.jsonl} with one family to a line. The digest is the file's SHA-256.
   */
  static final List<String> FORMER = List.of();

  private static final Map<String, Catalog> LOADED = new ConcurrentHashMap<>();

  private ShippedCatalogs() {}

  /**
   * The catalog with this digest; empty where the distribution does not ship it.
   *
   * @throws IllegalStateException where the program was built with other data than it names
   */
  public static Optional<Catalog> find(Digest digest) {
    Catalog present = present();
    if (digest.equals(present.version())) {
      return Optional.of(present);
    }
    return FORMER.contains(digest.hex())
        ? Optional.of(LOADED.computeIfAbsent(digest.hex(), ShippedCatalogs::former))
        : Optional.empty();
  }

  /**
   * The catalog of this build.
   *
   * @throws IllegalStateException where its data has another digest than the one compiled in
   */
  static Catalog present() {
    return CatalogFiles.requireDigest(PRESENT, CatalogFiles.shipped());
  }

  /**
   * Loads the catalog of a former version.
   *
   * @throws IllegalStateException where its file holds something else than the digest says
   */
  static Catalog former(String digest) {
    return CatalogFiles.requireDigest(
        digest, CatalogFiles.parseLines(CatalogFiles.text("former/" + digest + ".jsonl")));
  }
}

package dev.palisade.proof;

import dev.palisade.nix.SourceTree;
import dev.palisade.release.Release;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Compares what was downloaded with what a proven release renders to, byte for byte. */
public final class ModuleProof {

  /** No release comes near it; an archive that unpacks to more is another thing. */
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private ModuleProof() {}

  /**
   * Takes a {@code default.nix}, a {@code .tar.gz}, or the folder that it unpacks to.
   *
   * @throws BrokenProof where it is something else than the release
   * @throws IOException where it cannot be read
   */
  public static void verify(Path downloaded, Release release) throws BrokenProof, IOException {
    if (Files.isDirectory(downloaded)) {
      requireTree(SourceTree.of(folder(downloaded)), release, "The folder");
      return;
    }
    byte[] bytes = Files.readAllBytes(downloaded);
    if (bytes.length > 1 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b) {
      requireTree(archive(bytes), release, "The archive");
    } else if (!Arrays.equals(bytes, release.getModule().getBytes(StandardCharsets.UTF_8))) {
      throw new BrokenProof("The module is not what the record renders to.");
    }
  }

  private static void requireTree(SourceTree tree, Release release, String what)
      throws BrokenProof {
    if (!tree.narHash().equals(release.getNarHash())) {
      throw new BrokenProof(
          "%s has the hash %s; the record renders to %s."
              .formatted(what, tree.narHash(), release.getNarHash()));
    }
  }

  private static Map<String, byte[]> folder(Path folder) throws IOException, BrokenProof {
    Map<String, byte[]> files = new TreeMap<>();
    long[] size = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            size[0] += attributes.size();
            if (size[0] > MOST_BYTES) {
              return FileVisitResult.TERMINATE;
            }
            files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            return FileVisitResult.CONTINUE;
          }
        });
    requireSmall(size[0]);
    return files;
  }

  private static SourceTree archive(byte[] bytes) throws BrokenProof {
    Map<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new ByteArrayInputStream(bytes)), "UTF-8")) {
      long size = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isDirectory()) {
          byte[] content = tar.readNBytes((int) Math.min(entry.getSize(), MOST_BYTES + 1));
          size += content.length;
          requireSmall(size);
          files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), content);
        }
      }
      return SourceTree.of(files);
    } catch (IOException | IllegalArgumentException e) {
      throw new BrokenProof("The archive is broken, or holds something else than files.");
    }
  }

  private static void requireSmall(long size) throws BrokenProof {
    if (size > MOST_BYTES) {
      throw new BrokenProof("It holds more than " + MOST_BYTES / 1024 / 1024 + " MiB.");
    }
  }
}

package dev.palisade.nix;

import dev.palisade.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A directory of plain files, as Nix hashes it and as Nix fetches it. */
public final class SourceTree {

  private static final int OS_UNKNOWN = 255;
  private static final int FILE_MODE = 0644;
  private static final int DIRECTORY_MODE = 0755;

  private sealed interface Node {}

  private static final class Plain implements Node {
    private final byte[] bytes;

    Plain(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private record Directory(TreeMap<String, Node> entries) implements Node {
    Directory() {
      this(new TreeMap<>(NixText.ORDER));
    }
  }

  private final Directory root = new Directory();

  private SourceTree() {}

  /**
   * A tree of the given files.
   *
   * @param files contents by path, with {@code /} between names
   * @throws IllegalArgumentException for a path that is empty, leads out of the tree, or is a file
   *     and a directory at once
   */
  public static SourceTree of(Map<String, byte[]> files) {
    SourceTree tree = new SourceTree();
    files.forEach(tree::put);
    return tree;
  }

  private void put(String path, byte[] bytes) {
    String[] names = path.split("/", -1);
    Directory at = root;
    for (int i = 0; i < names.length; i++) {
      if (names[i].isEmpty() || names[i].equals(".") || names[i].equals("..")) {
        throw new IllegalArgumentException("Not a path within the tree: " + path);
      }
      boolean last = i == names.length - 1;
      Node next =
          at.entries.computeIfAbsent(
              names[i], any -> last ? new Plain(bytes.clone()) : new Directory());
      if (next instanceof Directory directory && !last) {
        at = directory;
      } else if (!(last && next instanceof Plain)) {
        throw new IllegalArgumentException("A file and a directory at once: " + path);
      }
    }
  }

  /** The SRI hash of the tree's NAR serialisation: what {@code narHash} names in Nix. */
  public String narHash() {
    ByteArrayOutputStream nar = new ByteArrayOutputStream();
    string(nar, "nix-archive-1");
    node(nar, root);
    MessageDigest sha256 = Digest.sha256();
    return "sha256-" + Base64.getEncoder().encodeToString(sha256.digest(nar.toByteArray()));
  }

  private static void node(ByteArrayOutputStream nar, Node node) {
    string(nar, "(");
    string(nar, "type");
    if (node instanceof Plain file) {
      string(nar, "regular");
      string(nar, "contents");
      bytes(nar, file.bytes);
    } else {
      string(nar, "directory");
      ((Directory) node)
          .entries()
          .forEach(
              (name, child) -> {
                string(nar, "entry");
                string(nar, "(");
                string(nar, "name");
                string(nar, name);
                string(nar, "node");
                node(nar, child);
                string(nar, ")");
              });
    }
    string(nar, ")");
  }

  private static void string(ByteArrayOutputStream nar, String text) {
    bytes(nar, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream nar, byte[] bytes) {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length).array();
    nar.writeBytes(length);
    nar.writeBytes(bytes);
    nar.writeBytes(new byte[(8 - bytes.length % 8) % 8]);
  }

  /**
   * The tree as a gzip-ed ustar archive: the same tree gives the same bytes on every machine.
   *
   * @param top the name of the single directory at its top
   */
  public byte[] tarGz(String top) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GzipParameters parameters = new GzipParameters();
    parameters.setOperatingSystem(OS_UNKNOWN);
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out, parameters), "UTF-8")) {
      entry(tar, top, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void entry(TarArchiveOutputStream tar, String path, Node node) throws IOException {
    TarArchiveEntry entry;
    if (node instanceof Plain file) {
      entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL);
      entry.setMode(FILE_MODE);
      entry.setSize(file.bytes.length);
    } else {
      entry = new TarArchiveEntry(path + "/", TarConstants.LF_DIR);
      entry.setMode(DIRECTORY_MODE);
    }
    entry.setModTime(1000L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    if (node instanceof Plain file) {
      tar.write(file.bytes);
    }
    tar.closeArchiveEntry();
    if (node instanceof Directory directory) {
      for (Map.Entry<String, Node> child : directory.entries().entrySet()) {
        entry(tar, path + "/" + child.getKey(), child.getValue());
      }
    }
  }
}

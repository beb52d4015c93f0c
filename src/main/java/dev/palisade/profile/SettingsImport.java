package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.nix.NixReader.Note;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns an existing configuration into the content of a draft. What the catalog does not know or a
 * value that it does not accept is named with its line; nothing is guessed and nothing evaluated.
 */
public final class SettingsImport {

  /** In which form the text is. */
  public enum Format {
    NIX,
    SYSCTL,
    JSON;

    /** The word used in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a text is read.
   *
   * @param format null where the form is recognised from the text
   * @param globsMeanBoth whether {@code conf.*} stands for {@code conf.all} and {@code
   *     conf.default}; otherwise it does so only after a comment that says it
   * @param declare whether sysctls that the catalog lacks are declared as proposed
   */
  public record Options(@Nullable Format format, boolean globsMeanBoth, boolean declare) {}

  /**
   * A sysctl that the catalog lacks, and what it could be declared to be.
   *
   * @param declared the proposed type, by the look of the value
   */
  public record Proposal(int line, String key, SettingValue value, DeclaredType declared) {}

  /**
   * What became of a text.
   *
   * @param content may be empty
   * @param notUnderstood places that are not in the content, the decisive ones first
   * @param readings places that are in it, and how they were read
   * @param proposals sysctls that the version could declare itself
   */
  public record Imported(
      VersionContent content,
      List<Note> notUnderstood,
      List<Note> readings,
      List<Proposal> proposals) {}

  private static final int MOST_CHARACTERS = 4_000_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SettingsImport() {}

  /** Reads a text whose form is known; see {@link #read(Options, String, Catalog)}. */
  public static Imported read(Format format, String text, boolean globsMeanBoth, Catalog catalog) {
    return read(new Options(format, globsMeanBoth, false), text, catalog);
  }

  /**
   * Reads a text.
   *
   * @throws DomainException for JSON that is no version, and for a firewall's ruleset
   */
  public static Imported read(Options options, String text, Catalog catalog) {
    if (text == null || text.isBlank()) {
      throw DomainException.notValid("/text", "There is nothing to read.");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new DomainException(
          Problem.TOO_LARGE, "A text of at most " + MOST_CHARACTERS + " characters is read.");
    }
    boolean marked = text.charAt(0) == BYTE_ORDER_MARK;
    String plain = marked ? text.substring(1) : text;
    Format format = options.format() == null ? TextForm.of(plain) : options.format();
    plain
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .ifPresent(TextForm::refuseRuleset);
    ImportedSettings found = new ImportedSettings(catalog);
    if (marked) {
      found.tell(new Note(1, "byte-order mark", markTold(format)));
    }
    ImportKeys keys = new ImportKeys(catalog);
    ImportProposals proposals = new ImportProposals(catalog, found, options.declare());
    switch (format) {
      case NIX -> new NixImport(keys, found, proposals, options.globsMeanBoth()).read(plain);
      case SYSCTL -> new SysctlImport(keys, found, proposals, options.globsMeanBoth()).read(plain);
      case JSON -> {
        VersionContent content = JsonImport.read(plain, catalog);
        return new Imported(content, List.of(), found.decided(List.of()).readings(), List.of());
      }
    }
    return found.decided(proposals.taken());
  }

  private static String markTold(Format format) {
    return switch (format) {
      case NIX -> "It is skipped here. Nix refuses a file that begins with it.";
      case SYSCTL ->
          "It is skipped here. sysctl would lose the first line of a file that begins with it.";
      case JSON -> "It is skipped here.";
    };
  }
}

package dev.palisade.profile;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.ValueText;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.Strength;
import dev.palisade.profile.ImportedSettings.Rank;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the settings of a sysctl.conf as systemd-sysctl does: the last line of a key counts, an
 * explicit key beats a glob wherever it stands, and {@code -key} alone keeps a key out of globs.
 */
final class SysctlImport {

  private record Line(int number, @Nullable String value) {}

  private static final String GLOB = ".conf.*.";
  private static final int DUMP = 20;

  private final ImportKeys keys;
  private final ImportedSettings found;
  private final ImportProposals proposals;
  private final boolean globsMeanBoth;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  SysctlImport(
      ImportKeys keys, ImportedSettings found, ImportProposals proposals, boolean globsMeanBoth) {
    this.keys = keys;
    this.found = found;
    this.proposals = proposals;
    this.globsMeanBoth = globsMeanBoth;
  }

  void read(String text) {
    int number = 0;
    int again = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        again += line(number, line) ? 1 : 0;
      }
    }
    if (again >= DUMP && again * 3 >= lines.size()) {
      found.tell(
          new Note(
              1,
              "two dumps",
              again
                  + " keys stand more than once: the text may be two dumps in one. The last line"
                  + " of each key is taken."));
    }
    lines.forEach(this::take);
  }

  /** Whether the line replaces another one with a different value. */
  private boolean line(int number, String line) {
    int sign = line.indexOf('=');
    boolean exclusion = sign < 0 && line.startsWith("-") && line.length() > 1;
    if (sign < 1 && !exclusion) {
      found.miss(
          line.contains(".") ? Rank.NEAR : Rank.OTHER,
          new Note(number, NixImport.shown(line), "It is not “key = value”."));
      return false;
    }
    String key =
        ImportKeys.sysctl(
            (exclusion ? line : line.substring(0, sign)).strip().replaceFirst("^-\\s*", ""));
    String value = exclusion ? null : line.substring(sign + 1).strip();
    Line former = lines.get(key);
    if (former == null) {
      lines.put(key, new Line(number, value));
      return false;
    }
    if (!Objects.equals(former.value(), value)) {
      lines.remove(key);
      lines.put(key, new Line(number, value));
      found.tell(
          new Note(
              number,
              NixImport.shown(key),
              "It replaces line " + former.number() + ": the last line of a key counts."));
    }
    return true;
  }

  private void take(String key, Line line) {
    Optional<Setting> setting = keys.find(key).filter(s -> s.kind() == SettingKind.SYSCTL);
    if (line.value() == null) {
      found.tell(
          new Note(
              line.number(),
              NixImport.shown("-" + key),
              "It sets nothing and keeps the key out of globs." + covered(key)));
    } else if (key.contains(GLOB) && globsMeanBoth && setting.isEmpty()) {
      both(key, line);
    } else if (setting.isPresent()) {
      Optional<Line> later = laterByAnotherName(setting.get(), line);
      if (later.isPresent()) {
        found.tell(
            new Note(
                line.number(),
                NixImport.shown(key),
                "Line "
                    + later.get().number()
                    + " sets the same by another name: the last line counts."));
      } else {
        define(line, setting.get());
      }
    } else {
      unknown(key, line);
    }
  }

  /** Names the globs of the draft that set the key all the same: a version has no exclusions. */
  private String covered(String key) {
    String globs =
        lines.entrySet().stream()
            .filter(one -> one.getValue().value() != null && keys.find(one.getKey()).isPresent())
            .map(Map.Entry::getKey)
            .filter(one -> one.contains(GLOB) && matches(one, key))
            .collect(Collectors.joining(", "));
    return globs.isEmpty()
        ? ""
        : " A version has no exclusions: " + globs + " in this draft sets the key as well.";
  }

  private static boolean matches(String glob, String key) {
    int star = glob.indexOf('*');
    return key.length() >= glob.length()
        && key.startsWith(glob.substring(0, star))
        && key.endsWith(glob.substring(star + 1));
  }

  /** A line further down for the other name that the kernel has for the same switch. */
  private Optional<Line> laterByAnotherName(Setting setting, Line line) {
    return keys.otherName(setting)
        .map(lines::get)
        .filter(other -> other.number() > line.number() && other.value() != null);
  }

  private void both(String key, Line line) {
    for (String scope : List.of("all", "default")) {
      String one = key.replace(GLOB, ".conf." + scope + ".");
      if (lines.containsKey(one)) {
        found.tell(
            new Note(
                line.number(),
                NixImport.shown(key),
                "Line " + lines.get(one).number() + " names " + one + ", which beats the glob."));
      } else {
        keys.find(one).ifPresentOrElse(s -> define(line, s), () -> unknown(one, line));
      }
    }
    found.tell(
        new Note(
            line.number(),
            NixImport.shown(key),
            "Read as conf.all and conf.default, as was asked for."));
  }

  private void define(Line line, Setting setting) {
    Strength strength = new Strength(100, 1000, "", line.number());
    found.define(
        line.number(),
        setting,
        strength,
        known ->
            ValueText.read(
                known,
                found.asTheKernel(
                    line.number(), known, Objects.requireNonNullElse(line.value(), ""))));
  }

  private void unknown(String key, Line line) {
    Optional<String> near = keys.near(key);
    String hint =
        key.contains(GLOB)
            ? " Where conf.* stands for conf.all and conf.default, say so when you import."
            : "";
    found.miss(
        near.isPresent() ? Rank.NEAR : Rank.UNKNOWN,
        new Note(
            line.number(),
            NixImport.shown(key),
            "The catalog has no such setting."
                + near.map(n -> " Did you mean “" + n + "”?").orElse("")
                + hint));
    proposals.propose(line.number(), key, line.value(), near.isPresent(), Strength.PLAIN);
  }
}

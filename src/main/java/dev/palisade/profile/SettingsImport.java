package dev.palisade.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.nix.NixReader;
import dev.palisade.nix.NixReader.Binding;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.NixText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
   * What became of a text.
   *
   * @param content may be empty
   * @param notUnderstood places that are not in the content
   * @param readings places that are in it, and how they were read
   */
  public record Imported(VersionContent content, List<Note> notUnderstood, List<Note> readings) {}

  private static final List<String> PREFIXES =
      List.of("", "networking.", "services.", "security.", "boot.");
  private static final int MOST_NOTES = 1_000;
  private static final int MOST_CHARACTERS = 4_000_000;
  private static final String SYSCTL = "sysctl";
  private static final String GLOB = ".conf.*.";
  private static final String BOTH_TOLD = "applied to both conf.all and conf.default";
  private static final JsonMapper JSON_READER = JsonMapper.builder().build();

  private final Catalog catalog;
  private final boolean globsMeanBoth;
  private final Map<String, ProfileSetting> settings = new LinkedHashMap<>();
  private final List<Note> notUnderstood = new ArrayList<>();
  private final List<Note> readings = new ArrayList<>();

  private SettingsImport(Catalog catalog, boolean globsMeanBoth) {
    this.catalog = catalog;
    this.globsMeanBoth = globsMeanBoth;
  }

  /**
   * Reads a text.
   *
   * @param globsMeanBoth whether {@code conf.*} stands for {@code conf.all} and {@code
   *     conf.default}; otherwise it does so only after a comment that says it
   * @throws DomainException for JSON that is no version
   */
  public static Imported read(Format format, String text, boolean globsMeanBoth, Catalog catalog) {
    if (text == null || text.isBlank()) {
      throw DomainException.notValid("/text", "There is nothing to read.");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new DomainException(
          Problem.TOO_LARGE, "A text of at most " + MOST_CHARACTERS + " characters is read.");
    }
    SettingsImport reading = new SettingsImport(catalog, globsMeanBoth);
    switch (format) {
      case NIX -> reading.nix(text);
      case SYSCTL -> reading.sysctl(text);
      case JSON -> {
        return new Imported(json(text, catalog), List.of(), List.of());
      }
    }
    return new Imported(
        new VersionContent(List.copyOf(reading.settings.values())),
        List.copyOf(reading.notUnderstood),
        List.copyOf(reading.readings));
  }

  private static VersionContent json(String text, Catalog catalog) {
    JsonNode root;
    try {
      root = JSON_READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw DomainException.notValid("/text", "This is not JSON: " + e.getOriginalMessage());
    }
    if (root == null || !root.path("settings").isArray()) {
      throw DomainException.notValid("/text", "A version in JSON has a list “settings”.");
    }
    List<ParametersCheck.Entry> parameters =
        list(root, "parameters", ParametersCheck.Entry[].class);
    List<SettingsCheck.Entry> settings = list(root, "settings", SettingsCheck.Entry[].class);
    VersionContent bare =
        placed(
            "parameters", () -> ParametersCheck.check(catalog, parameters, VersionContent.EMPTY));
    return placed("settings", () -> SettingsCheck.check(catalog, settings, bare))
        .over(base(root.path("extends")));
  }

  /** What is at fault in a list of the text is told with its place there. */
  private static VersionContent placed(String list, Supplier<VersionContent> check) {
    try {
      return check.get();
    } catch (DomainException e) {
      throw new DomainException(
          e.problem(),
          e.detail(),
          e.faults().stream()
              .map(f -> new Fault("/text", list + f.pointer() + ": " + f.detail()))
              .toList());
    }
  }

  private static <T> List<T> list(JsonNode root, String member, Class<T[]> type) {
    JsonNode list = root.path(member);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    try {
      return Arrays.asList(JSON_READER.convertValue(list, type));
    } catch (IllegalArgumentException e) {
      throw DomainException.notValid(
          "/text", "The list “" + member + "” has entries that are not those of a version.");
    }
  }

  private static VersionRef base(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String digest = node.path("digest").asText();
    if (!node.path("slug").isTextual()
        || !node.path("number").isInt()
        || !digest.matches("[0-9a-f]{64}")) {
      throw DomainException.notValid("/text", "“extends” names a slug, a number and a digest.");
    }
    return new VersionRef(
        node.get("slug").textValue(), node.get("number").intValue(), new Digest(digest));
  }

  private void nix(String text) {
    NixReader.Result read = NixReader.read(text);
    notUnderstood.addAll(read.notUnderstood());
    readings.addAll(read.readings());
    for (Binding binding : read.bindings()) {
      String key = key(binding.path());
      if (binding.value() == null) {
        readings.add(new Note(binding.line(), key, "null leaves it out."));
      } else if (key.endsWith("boot.kernelParams") || key.equals("kernelParams")) {
        elements(binding, SettingKind.KERNEL_PARAM);
      } else if (key.endsWith("blacklistedKernelModules")) {
        elements(binding, SettingKind.MODULE_BLACKLIST);
      } else {
        take(binding.line(), key, binding.comment(), setting -> typed(setting, binding.value()));
      }
    }
  }

  /**
   * The key that an attribute's path stands for: in a set of sysctls the names themselves, whatever
   * is around it; else a path in which a name with a dot, as of an interface, is quoted.
   */
  private static String key(List<String> path) {
    int sysctl = path.lastIndexOf(SYSCTL);
    if (sysctl >= 0 && sysctl < path.size() - 1) {
      return String.join(".", path.subList(sysctl + 1, path.size()));
    }
    List<String> names =
        path.size() > 1 && path.get(0).equals("config") ? path.subList(1, path.size()) : path;
    return names.size() == 1
        ? names.get(0)
        : String.join(
            ".", names.stream().map(n -> n.contains(".") ? NixText.string(n) : n).toList());
  }

  /** How a value is made for the setting that a key turned out to be. */
  private interface Reading {
    SettingValue of(Setting setting);
  }

  private void elements(Binding binding, SettingKind kind) {
    List<SettingValue> items =
        binding.value() instanceof Items list ? list.items() : List.of(binding.value());
    for (SettingValue item : items) {
      String[] parts = item.display().split("=", 2);
      Optional<Setting> known = catalog.find(parts[0]).filter(s -> s.kind() == kind);
      if (known.isEmpty()) {
        unknown(binding.line(), item.display());
      } else {
        put(
            binding.line(),
            known.get(),
            setting ->
                setting.type() == ValueType.FLAG
                    ? new Bool(true)
                    : ValueText.read(setting, parts.length > 1 ? parts[1] : ""));
      }
    }
  }

  private void sysctl(String text) {
    int number = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      int sign = line.indexOf('=');
      if (sign < 1) {
        missed(new Note(number, shown(line), "It is not “key = value”."));
        continue;
      }
      String key = line.substring(0, sign).strip().replaceFirst("^-", "").replace('/', '.');
      String value = line.substring(sign + 1).strip();
      take(number, key, "", setting -> ValueText.read(setting, value));
    }
  }

  private void take(int line, String key, String comment, Reading reading) {
    boolean told = comment.toLowerCase(Locale.ROOT).replace("`", "").contains(BOTH_TOLD);
    if (key.contains(GLOB) && (globsMeanBoth || told)) {
      for (String scope : List.of("all", "default")) {
        take(line, key.replace(GLOB, ".conf." + scope + "."), "", reading);
      }
      readings.add(
          new Note(
              line,
              shown(key),
              "Read as conf.all and conf.default, as "
                  + (told ? "the comment before it says." : "was asked for.")));
      return;
    }
    Optional<Setting> setting =
        PREFIXES.stream().flatMap(p -> catalog.find(p + key).stream()).findFirst();
    if (setting.isEmpty() || setting.get().isForEachInterface()) {
      unknown(line, key);
    } else {
      put(line, setting.get(), reading);
    }
  }

  private void put(int line, Setting setting, Reading reading) {
    if (settings.containsKey(setting.key())) {
      missed(new Note(line, setting.key(), "It stands twice; the first value is kept."));
      return;
    }
    try {
      ProfileSetting read = new ProfileSetting(setting.key(), reading.of(setting));
      Map<String, String> faults = SettingsCheck.faults(read, List.of(), catalog);
      if (faults.isEmpty()) {
        settings.put(setting.key(), read);
      } else {
        missed(new Note(line, setting.key(), faults.values().iterator().next()));
      }
    } catch (DomainException e) {
      missed(new Note(line, setting.key(), e.detail()));
    }
  }

  /** Beyond the first thousand nobody reads on. */
  private void missed(Note note) {
    if (notUnderstood.size() < MOST_NOTES) {
      notUnderstood.add(note);
    }
  }

  private void unknown(int line, String key) {
    String hint =
        key.contains(GLOB)
            ? " Where conf.* stands for conf.all and conf.default, say so when you import."
            : "";
    missed(new Note(line, shown(key), "The catalog has no such setting." + hint));
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 120 ? plain : plain.substring(0, 120) + "…";
  }

  /**
   * NixOS takes a boolean for a sysctl and a text for a number; the catalog has one type for each.
   */
  private static SettingValue typed(Setting setting, SettingValue value) {
    if (setting.kind() == SettingKind.SYSCTL && value instanceof Bool bool) {
      return new Int(bool.value() ? 1 : 0);
    }
    return value instanceof Text text && setting.type() != ValueType.LINES
        ? ValueText.read(setting, text.value())
        : value;
  }
}

package dev.palisade.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as the portal ships it: one JSON file per family, checked whole while it is loaded.
 */
public final class CatalogFiles implements Catalog {

  private static final String FOLDER = "/dev/palisade/catalog/";
  private static final Pattern ONE_INTERFACE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9_@:-]{0,14}|\"[A-Za-z0-9][A-Za-z0-9._@:-]{0,14}\""
              + "|\\$\\{[a-z][a-z0-9_-]{0,62}}");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, Setting> settings;
  private final List<Setting> inOrder;
  private final Map<String, List<String>> aliases;
  private final Digest version;

  private CatalogFiles(Map<String, Setting> settings, Digest version) {
    this.settings = settings;
    this.inOrder = List.copyOf(settings.values());
    this.aliases =
        inOrder.stream()
            .filter(setting -> setting.alias() != null)
            .collect(
                Collectors.groupingBy(
                    Setting::alias, Collectors.mapping(Setting::key, Collectors.toList())));
    this.version = version;
  }

  private static final class Shipped {
    private static final CatalogFiles CATALOG = load();

    private static CatalogFiles load() {
      Map<String, String> files = new LinkedHashMap<>();
      try {
        for (JsonNode name : MAPPER.readTree(text("index.json"))) {
          files.put(name.textValue(), text(name.textValue()));
        }
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      return parse(files);
    }
  }

  /** The text of a data file of the catalog. */
  static String text(String file) {
    try (InputStream in = CatalogFiles.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("The catalog's file " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The catalog, when its data has the digest that is compiled in.
   *
   * @throws IllegalStateException with the command that writes the new digest into the source
   */
  static Catalog requireDigest(String compiledIn, Catalog catalog) {
    String actual = catalog.version().hex();
    if (!actual.equals(compiledIn)) {
      throw new IllegalStateException(
          """
          The catalog's data has the digest %s, and the program was compiled for %s. \
          Whoever changed the data writes it into the source by
          sed -i 's/%s/%s/' src/main/java/dev/palisade/catalog/ShippedCatalogs.java\
          """
              .formatted(actual, compiledIn, compiledIn, actual));
    }
    return catalog;
  }

  /** Reads a catalog of which each line is one family's file in canonical form. */
  static CatalogFiles parseLines(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    text.lines().forEach(line -> files.put("line " + (files.size() + 1), line));
    return parse(files);
  }

  /** The catalog of this build; loaded and checked at the first call. */
  public static Catalog shipped() {
    return Shipped.CATALOG;
  }

  /**
   * Reads catalog files.
   *
   * @param files their texts by name, in the order in which families are shown
   * @throws IllegalArgumentException listing every fault with its file and key
   */
  static CatalogFiles parse(Map<String, String> files) {
    List<String> faults = new ArrayList<>();
    Map<String, Setting> settings = new LinkedHashMap<>();
    StringBuilder canonical = new StringBuilder();
    files.forEach(
        (name, text) -> {
          try {
            CatalogEntry.File file = MAPPER.readValue(text, CatalogEntry.File.class);
            canonical.append(CanonicalJson.of(MAPPER.readTree(text))).append('\n');
            for (CatalogEntry entry : file.settings()) {
              Setting setting = entry.setting(file.family());
              CatalogCheck.faultsOf(setting)
                  .forEach(f -> faults.add(name + ": " + setting.key() + ": " + f));
              if (settings.put(setting.key(), setting) != null) {
                faults.add(name + ": " + setting.key() + ": stands in the catalog twice");
              }
            }
          } catch (JsonProcessingException | IllegalArgumentException e) {
            faults.add(name + ": " + e.getMessage());
          }
        });
    settings.values().forEach(s -> faults.addAll(CatalogCheck.danglingKeys(s, settings.keySet())));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("The catalog has faults:\n" + String.join("\n", faults));
    }
    return new CatalogFiles(settings, Digest.of(canonical.toString()));
  }

  @Override
  public Digest version() {
    return version;
  }

  @Override
  public List<Setting> settings() {
    return inOrder;
  }

  @Override
  public Optional<Setting> find(String key) {
    Setting exact = settings.get(key);
    return exact == null ? ofOneInterface(key) : Optional.of(exact);
  }

  private Optional<Setting> ofOneInterface(String key) {
    return settings.values().stream()
        .filter(Setting::isForEachInterface)
        .filter(
            each -> {
              String[] around = each.key().split(Setting.INTERFACE, 2);
              return key.length() > each.key().length() - Setting.INTERFACE.length()
                  && key.startsWith(around[0])
                  && key.endsWith(around[1])
                  && ONE_INTERFACE
                      .matcher(key.substring(around[0].length(), key.length() - around[1].length()))
                      .matches();
            })
        .findFirst()
        .map(each -> each.named(key));
  }

  @Override
  public List<String> aliases(String key) {
    Setting asked = settings.get(key);
    String kernelName = asked == null || asked.alias() == null ? key : asked.alias();
    return Stream.concat(
            Stream.of(kernelName), aliases.getOrDefault(kernelName, List.of()).stream())
        .filter(name -> !name.equals(key))
        .sorted()
        .toList();
  }

  @Override
  public List<String> faults(Setting setting, SettingValue value) {
    return ValueCheck.faults(setting, value);
  }

  @Override
  public List<Setting> search(@Nullable String query, @Nullable SettingKind kind) {
    List<String> words =
        query == null || query.isBlank()
            ? List.of()
            : List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    return settings.values().stream()
        .filter(s -> kind == null || s.kind() == kind)
        .filter(s -> occur(words, text(s)))
        .sorted(Comparator.comparing(s -> !occur(words, s.key())))
        .toList();
  }

  private static boolean occur(List<String> words, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream().allMatch(lower::contains);
  }

  private static String text(Setting setting) {
    return String.join(
        " ",
        Stream.concat(
                Stream.of(setting.key(), setting.label(), setting.family(), setting.description()),
                setting.controls().stream().map(c -> c.benchmark() + " " + c.id()))
            .toList());
  }
}

package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns a list of settings as somebody sent it into checked ones, naming every entry that is at
 * fault.
 */
public final class SettingsCheck {

  private static final int REASON_LENGTH = 10_000;

  /**
   * An entry as sent: nothing about it is checked yet.
   *
   * @param declared what a setting is that the catalog does not have; null for every other
   */
  public record Entry(
      String key, JsonNode value, String reason, Boolean mandatory, DeclaredCheck.Entry declared) {

    public Entry(String key, JsonNode value, String reason) {
      this(key, value, reason, null, null);
    }
  }

  private final Catalog catalog;
  private final VersionContent content;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  private SettingsCheck(Catalog catalog, VersionContent content) {
    this.catalog = catalog;
    this.content = content;
  }

  /**
   * Checks a whole list.
   *
   * @param content whose parameters the settings may use
   * @return the content with these settings in place of its own
   * @throws DomainException {@link Problem#NOT_VALID} with one fault per bad entry
   */
  public static VersionContent check(Catalog catalog, List<Entry> entries, VersionContent content) {
    SettingsCheck check = new SettingsCheck(catalog, content);
    List<ProfileSetting> settings = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      check.entry("/" + i, entries.get(i)).ifPresent(settings::add);
    }
    requireNone(check.faults);
    return content.withSettings(settings);
  }

  static void requireNone(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new DomainException(
          Problem.NOT_VALID,
          faults.size() == 1
              ? "One entry is not accepted."
              : faults.size() + " entries are not accepted.",
          faults);
    }
  }

  private Optional<ProfileSetting> entry(String pointer, Entry entry) {
    if (!isNamed(pointer, entry)) {
      return Optional.empty();
    }
    int before = faults.size();
    DeclaredType declared = tried(() -> declared(pointer, entry));
    SettingValue value = tried(() -> value(pointer + "/value", entry));
    String reason =
        entry.reason() == null
            ? null
            : tried(() -> Words.text(pointer + "/reason", entry.reason(), REASON_LENGTH));
    if (faults.size() > before) {
      return Optional.empty();
    }
    ProfileSetting setting =
        new ProfileSetting(
            entry.key(), value, reason, Boolean.TRUE.equals(entry.mandatory()), declared);
    faults(setting, content.parameters(), catalog)
        .forEach((member, detail) -> fault(pointer + member, detail));
    return faults.size() == before ? Optional.of(setting) : Optional.empty();
  }

  /** What it gives, or null where it is refused; what is at fault is kept. */
  private <T> T tried(Supplier<T> check) {
    try {
      return check.get();
    } catch (DomainException e) {
      faults.addAll(e.faults());
      return null;
    }
  }

  private SettingValue value(String at, Entry entry) {
    if (entry.value() == null || entry.value().isNull()) {
      throw DomainException.notValid(at, "A value is missing.");
    }
    SettingValue value = SettingValue.fromJson(entry.value(), at);
    return catalog.find(entry.key()).map(known -> ValueText.typed(known, value)).orElse(value);
  }

  private DeclaredType declared(String pointer, Entry entry) {
    Optional<Setting> known = catalog.find(entry.key());
    if (known.isPresent() && known.get().isForEachInterface()) {
      throw DomainException.notValid(
          pointer + "/key",
          "“"
              + entry.key()
              + "” stands for one interface: write its name or a parameter in place of "
              + Setting.INTERFACE
              + ".");
    }
    if (entry.declared() == null) {
      if (known.isEmpty()) {
        throw DomainException.notValid(
            pointer + "/key",
            "The catalog has no setting “" + shown(entry.key()) + "”. Declare what it is.");
      }
      return null;
    }
    if (known.isPresent()) {
      throw DomainException.notValid(
          pointer + "/declared", "The catalog has this setting; its type is not yours to declare.");
    }
    return DeclaredCheck.check(pointer, entry.key(), entry.declared());
  }

  private boolean isNamed(String pointer, Entry entry) {
    String at = pointer + "/key";
    if (entry == null || entry.key() == null) {
      fault(at, "A key is missing.");
      return false;
    }
    if (!keys.add(entry.key())) {
      fault(at, "“" + shown(entry.key()) + "” stands twice in the list.");
      return false;
    }
    return true;
  }

  /**
   * What is wrong with a setting: with its value, or with what any value of its parameters would
   * make of it.
   *
   * @return sentences by the member that is at fault, {@code /key} or {@code /value}
   */
  static Map<String, String> faults(
      ProfileSetting setting, List<Parameter> parameters, Catalog catalog) {
    Map<String, String> faults = new TreeMap<>();
    Setting known = setting.known(catalog);
    Map<String, SettingValue> shown = new TreeMap<>();
    for (String name : References.in(setting.key(), setting.value())) {
      Optional<Parameter> parameter =
          parameters.stream().filter(p -> p.name().equals(name)).findFirst();
      String member = References.in(setting.key()).contains(name) ? "/key" : "/value";
      if (parameter.isEmpty()) {
        faults.put(member, "There is no parameter “" + name + "”. Declare it first.");
      } else if (member.equals("/key") && parameter.get().type() != ParameterType.INTERFACE) {
        faults.put(member, "In a key a parameter names an interface; “" + name + "” does not.");
      } else if (!parameter.get().isNarrow() && known.type() == ValueType.CHOICE_INT) {
        faults.put(member, known.key() + " takes few values; make “" + name + "” a choice.");
      } else {
        shown.put(name, parameter.get().shown());
      }
    }
    if (References.in(setting.key()).size() > 1) {
      faults.put("/key", "One segment of a key can be a parameter.");
    }
    if (faults.isEmpty()) {
      probe(setting, known, parameters, shown, catalog).ifPresent(f -> faults.put("/value", f));
    }
    return faults;
  }

  /**
   * The parameters of a content that can be the value of a setting, or of a list one element more.
   *
   * @param setting as it is without
   */
  public static List<Parameter> fitting(
      ProfileSetting setting, VersionContent content, Catalog catalog) {
    return content.parameters().stream()
        .filter(
            p ->
                faults(using(setting, p.name()), content.parameters(), catalog).isEmpty()
                    && !setting.value().equals(using(setting, p.name()).value()))
        .toList();
  }

  /** The setting with a parameter as its value, or as one more element of its list. */
  static ProfileSetting using(ProfileSetting setting, String parameter) {
    SettingValue reference = new SettingValue.Text(References.to(parameter));
    return new ProfileSetting(
        setting.key(),
        setting.value() instanceof SettingValue.Items list
            ? new SettingValue.Items(
                Stream.concat(list.items().stream(), Stream.of(reference)).distinct().toList())
            : reference,
        setting.reason(),
        setting.mandatory(),
        setting.declared());
  }

  /** Each parameter through all that an operator may supply, the others as they are shown. */
  private static Optional<String> probe(
      ProfileSetting setting,
      Setting known,
      List<Parameter> parameters,
      Map<String, SettingValue> shown,
      Catalog catalog) {
    Optional<String> fault =
        shown.isEmpty() ? fault(setting, known, shown, catalog) : Optional.empty();
    for (Parameter parameter : parameters) {
      if (shown.containsKey(parameter.name())) {
        for (SettingValue probe : parameter.probes()) {
          Map<String, SettingValue> values = new TreeMap<>(shown);
          values.put(parameter.name(), probe);
          fault =
              fault.or(
                  () ->
                      fault(setting, known, values, catalog)
                          .map(
                              f ->
                                  "With " + parameter.name() + " = " + probe.display() + ": " + f));
        }
      }
    }
    return fault;
  }

  private static Optional<String> fault(
      ProfileSetting setting, Setting known, Map<String, SettingValue> values, Catalog catalog) {
    return catalog.faults(known, References.inValue(setting.value(), known.kind(), values)).stream()
        .findFirst();
  }

  private static String shown(String key) {
    String line = key.replaceAll("\\p{Cntrl}", "�");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }

  private void fault(String pointer, String detail) {
    faults.add(new Fault(pointer, detail));
  }
}

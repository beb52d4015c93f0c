package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a list of settings as somebody sent it into checked ones, naming every entry that is at
 * fault.
 */
public final class SettingsCheck {

  private static final int REASON_LENGTH = 10_000;

  /** An entry as sent: nothing about it is checked yet. */
  public record Entry(String key, JsonNode value, String reason, Boolean mandatory) {}

  private final Catalog catalog;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  private SettingsCheck(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Checks a whole list.
   *
   * @throws DomainException {@link Problem#NOT_VALID} with one fault per bad entry
   */
  public static VersionContent check(Catalog catalog, List<Entry> entries) {
    SettingsCheck check = new SettingsCheck(catalog);
    List<ProfileSetting> settings = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      check.entry("/" + i, entries.get(i)).ifPresent(settings::add);
    }
    if (!check.faults.isEmpty()) {
      throw new DomainException(
          Problem.NOT_VALID,
          check.faults.size() == 1
              ? "One entry is not accepted."
              : check.faults.size() + " entries are not accepted.",
          check.faults);
    }
    return new VersionContent(settings);
  }

  private Optional<ProfileSetting> entry(String pointer, Entry entry) {
    Setting setting = known(pointer, entry);
    if (setting == null) {
      return Optional.empty();
    }
    if (entry.value() == null || entry.value().isNull()) {
      fault(pointer + "/value", "A value is missing.");
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(entry.mandatory())) {
      fault(
          pointer + "/mandatory",
          "Nothing can be mandatory yet: modules do not render it, so it would promise too much.");
      return Optional.empty();
    }
    try {
      SettingValue value = SettingValue.fromJson(entry.value(), pointer + "/value");
      List<String> wrong = catalog.faults(setting, value);
      wrong.forEach(detail -> fault(pointer + "/value", detail));
      String reason =
          entry.reason() == null
              ? null
              : Words.text(pointer + "/reason", entry.reason(), REASON_LENGTH);
      return wrong.isEmpty()
          ? Optional.of(new ProfileSetting(setting.key(), value, reason, false))
          : Optional.empty();
    } catch (DomainException e) {
      faults.addAll(e.faults());
      return Optional.empty();
    }
  }

  private Setting known(String pointer, Entry entry) {
    String at = pointer + "/key";
    if (entry == null || entry.key() == null) {
      fault(at, "A key is missing.");
      return null;
    }
    if (!keys.add(entry.key())) {
      fault(at, "“" + shown(entry.key()) + "” stands twice in the list.");
      return null;
    }
    Setting setting = catalog.find(entry.key()).orElse(null);
    if (setting == null) {
      fault(at, "The catalog has no setting “" + shown(entry.key()) + "”.");
    } else if (!canBeNamed(setting)) {
      fault(
          at, "“" + setting.key() + "” stands for one interface, which a profile cannot name yet.");
      return null;
    }
    return setting;
  }

  /** Whether a version can speak of it: a key that stands for one interface cannot be named yet. */
  public static boolean canBeNamed(Setting setting) {
    return !setting.key().contains("<");
  }

  private static String shown(String key) {
    String line = key.replaceAll("\\p{Cntrl}", "�");
    return line.length() <= 120 ? line : line.substring(0, 120) + "…";
  }

  private void fault(String pointer, String detail) {
    faults.add(new Fault(pointer, detail));
  }
}

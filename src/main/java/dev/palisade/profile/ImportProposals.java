package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.KernelNumber;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.nix.Strength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Proposes what a sysctl is that the catalog lacks: a number, numbers or a text as its value looks,
 * or the type of the same key for all interfaces.
 */
final class ImportProposals {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");
  private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,10}([ \t]+[0-9]{1,10})+");
  private static final Pattern INTERFACE = Pattern.compile("(net\\.ipv[46]\\.conf\\.)[^.*]+\\.");
  private static final int MOST = 200;

  private final Catalog catalog;
  private final boolean declare;
  private final ImportedSettings found;
  private final Map<String, SettingsImport.Proposal> proposals = new LinkedHashMap<>();
  private final Map<String, Boolean> certain = new LinkedHashMap<>();

  ImportProposals(Catalog catalog, ImportedSettings found, boolean declare) {
    this.catalog = catalog;
    this.found = found;
    this.declare = declare;
  }

  /**
   * Proposes a declaration.
   *
   * @param isNear whether the key may be a misspelt one of the catalog, so that it is proposed but
   *     not declared without a question
   */
  void propose(int line, String key, String text, boolean isNear, Strength strength) {
    if (proposals.size() >= MOST || key.contains("*")) {
      return;
    }
    boolean again = proposals.containsKey(key);
    String one = text.strip();
    typed(key, one.matches("\\S+") ? KernelNumber.decimal(one) : one)
        .ifPresent(
            s -> {
              proposals.put(key, new SettingsImport.Proposal(line, key, s.value(), s.declared()));
              certain.put(key, !isNear && strength.condition().isEmpty() && !again);
            });
  }

  /** All proposals; those that are certain are declared where that was asked for. */
  List<SettingsImport.Proposal> taken() {
    if (declare) {
      proposals.forEach(
          (key, p) -> {
            if (Boolean.TRUE.equals(certain.get(key))) {
              found.declare(new ProfileSetting(key, p.value(), null, false, p.declared()));
            }
          });
    }
    return new ArrayList<>(proposals.values());
  }

  private Optional<ProfileSetting> typed(String key, String text) {
    Optional<Setting> sibling =
        INTERFACE.matcher(key).find()
            ? catalog.find(INTERFACE.matcher(key).replaceFirst("$1all."))
            : Optional.empty();
    DeclaredType declared;
    SettingValue value;
    if (NUMBER.matcher(text).matches()) {
      value = new Int(Long.parseLong(text));
      declared =
          sibling
              .filter(s -> catalog.faults(s, value).isEmpty())
              .map(
                  s ->
                      new DeclaredType(
                          SettingKind.SYSCTL,
                          s.type() == ValueType.BITMASK ? ValueType.INT : s.type(),
                          s.type() == ValueType.INT ? s.bounds().min() : null,
                          s.type() == ValueType.INT ? s.bounds().max() : null,
                          s.bounds().values(),
                          null,
                          MergeKind.SCALAR))
              .orElse(plain(ValueType.INT, null));
    } else if (NUMBERS.matcher(text).matches()) {
      List<SettingValue> numbers =
          Arrays.stream(text.split("[ \t]+"))
              .<SettingValue>map(n -> new Int(Long.parseLong(n)))
              .toList();
      value = new Items(numbers);
      declared = plain(ValueType.INT_VECTOR, numbers.size());
    } else {
      value = new Text(text);
      declared = plain(ValueType.TEXT, null);
    }
    try {
      SettingsCheck.Entry entry =
          new SettingsCheck.Entry(
              key, value.toJson(), null, null, DeclaredCheck.Entry.of(declared));
      return SettingsCheck.check(catalog, List.of(entry), VersionContent.EMPTY).settings().stream()
          .findFirst();
    } catch (DomainException e) {
      return Optional.empty();
    }
  }

  private static DeclaredType plain(ValueType type, Integer size) {
    return new DeclaredType(
        SettingKind.SYSCTL, type, null, null, List.of(), size, MergeKind.SCALAR);
  }
}

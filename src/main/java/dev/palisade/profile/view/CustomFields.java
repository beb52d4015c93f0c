package dev.palisade.profile.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.nix.NixText;
import dev.palisade.profile.DeclaredCheck;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.SettingText;
import dev.palisade.profile.SettingsCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The fields of a form that declares a setting, as they were typed. */
public class CustomFields {

  private static final Map<ValueType, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put(ValueType.SWITCH, "switch: 0 or 1");
    WORDS.put(ValueType.BOOL, "true or false");
    WORDS.put(ValueType.INT, "whole number");
    WORDS.put(ValueType.CHOICE_INT, "one of a few numbers");
    WORDS.put(ValueType.CHOICE, "one of a few words");
    WORDS.put(ValueType.INT_VECTOR, "several numbers in a fixed order");
    WORDS.put(ValueType.TEXT, "one line of text");
    WORDS.put(ValueType.TEXT_LIST, "list of texts");
    WORDS.put(ValueType.PORT_LIST, "list of ports");
  }

  private String kind = SettingKind.SYSCTL.code();
  private String key;
  private String type = ValueType.INT.code();
  private String min;
  private String max;
  private String values;
  private String size;
  private String optionDepth;
  private String merge = MergeKind.ADD.code();
  private String value;
  private String reason;
  private boolean mandatory;

  /** Takes over what a draft says. */
  void take(ProfileSetting said, Catalog catalog) {
    DeclaredType declared = said.declared();
    kind = declared.kind().code();
    key = said.key();
    type = declared.type().code();
    min = Objects.toString(declared.min(), "");
    max = Objects.toString(declared.max(), "");
    values =
        declared.values().stream().map(SettingValue::display).collect(Collectors.joining("\n"));
    size = Objects.toString(declared.size(), "");
    merge = declared.merge().code();
    optionDepth =
        Objects.toString(
            declared.optionDepth(),
            isSysctl() ? "" : String.valueOf(NixText.path(said.key()).size()));
    value = ValueText.write(said.known(catalog), said.value());
    reason = said.reason();
    mandatory = said.mandatory();
  }

  /**
   * What was typed, as it would be sent; only the members that the type has.
   *
   * @param faults gets what cannot be read at all
   */
  SettingsCheck.Entry entry(String named, List<Fault> faults) {
    Long least = isNumber() ? TypedValues.number("min", min, faults) : null;
    Long greatest = isNumber() ? TypedValues.number("max", max, faults) : null;
    Long length = isVector() ? TypedValues.number("size", size, faults) : null;
    List<JsonNode> choices = isChoice() ? TypedValues.lines(values) : null;
    Long depth = isSysctl() ? null : TypedValues.number("optionDepth", optionDepth, faults);
    String of = named == null ? "" : named.strip();
    Integer count = length == null ? null : (int) Math.min(length, Integer.MAX_VALUE);
    DeclaredCheck.Entry declared =
        new DeclaredCheck.Entry(
            kind,
            type,
            least,
            greatest,
            choices,
            count,
            isList() ? merge : null,
            isSysctl() || depth != null ? asInt(depth) : DeclaredCheck.proposedDepth(of));
    return new SettingsCheck.Entry(of, value(of, faults), reason, mandatory, declared);
  }

  private static Integer asInt(Long number) {
    return number == null ? null : (int) Math.max(0, Math.min(number, Integer.MAX_VALUE));
  }

  /** Whether the setting is a sysctl, to which no NixOS option belongs. */
  public boolean isSysctl() {
    return SettingKind.SYSCTL.code().equals(kind);
  }

  public String getOptionDepth() {
    return optionDepth;
  }

  public void setOptionDepth(String optionDepth) {
    this.optionDepth = optionDepth;
  }

  private JsonNode value(String named, List<Fault> faults) {
    List<JsonNode> choices = isChoice() ? TypedValues.lines(values) : null;
    try {
      Setting setting =
          new DeclaredType(
                  SettingKind.of(kind),
                  ValueType.of(type).orElse(ValueType.TEXT),
                  null,
                  null,
                  choices == null
                      ? List.of()
                      : choices.stream().map(c -> SettingValue.fromJson(c, "/values")).toList(),
                  null,
                  MergeKind.SCALAR)
              .setting(named);
      return SettingText.read(setting, value).toJson();
    } catch (DomainException e) {
      faults.add(new Fault("/value", e.detail()));
      return null;
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("/kind", "A kind is sysctl or nixos-option."));
      return null;
    }
  }

  /** The types of the kind that is chosen, by their words. */
  public Map<String, String> getTypes() {
    Map<String, String> types = new LinkedHashMap<>();
    boolean sysctl = isSysctl();
    WORDS.forEach(
        (known, words) -> {
          if (DeclaredCheck.types(sysctl).contains(known)) {
            types.put(words, known.code());
          }
        });
    return types;
  }

  public boolean isNumber() {
    return ValueType.INT.code().equals(type);
  }

  public boolean isChoice() {
    return ValueType.CHOICE.code().equals(type) || ValueType.CHOICE_INT.code().equals(type);
  }

  public boolean isVector() {
    return ValueType.INT_VECTOR.code().equals(type);
  }

  public boolean isList() {
    return ValueType.TEXT_LIST.code().equals(type) || ValueType.PORT_LIST.code().equals(type);
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

  public String getMin() {
    return min;
  }

  public void setMin(String min) {
    this.min = min;
  }

  public String getMax() {
    return max;
  }

  public void setMax(String max) {
    this.max = max;
  }

  public String getValues() {
    return values;
  }

  public void setValues(String values) {
    this.values = values;
  }

  public String getSize() {
    return size;
  }

  public void setSize(String size) {
    this.size = size;
  }

  public String getMerge() {
    return merge;
  }

  public void setMerge(String merge) {
    this.merge = merge;
  }

  public String getValue() {
    return value;
  }

  public void setValue(String value) {
    this.value = value;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public boolean isMandatory() {
    return mandatory;
  }

  public void setMandatory(boolean mandatory) {
    this.mandatory = mandatory;
  }
}

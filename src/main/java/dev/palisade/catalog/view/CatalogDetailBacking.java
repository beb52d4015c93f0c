package dev.palisade.catalog.view;

import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.application.ReadCatalog;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;

/** One setting: what it is, why it matters, what may break. */
@Named("catalogDetail")
@RequestScoped
public class CatalogDetailBacking {

  @Inject private ReadCatalog catalog;

  private String key;
  private Setting setting;

  public Setting getSetting() {
    if (setting == null) {
      setting = catalog.setting(key == null ? "" : key);
    }
    return setting;
  }

  /** Accepted values in words. */
  public String getAccepts() {
    Setting.Bounds bounds = getSetting().bounds();
    if (!bounds.values().isEmpty()) {
      return String.join(", ", bounds.values().stream().map(this::withWord).toList());
    }
    String unit = getSetting().unit() == null ? "" : " " + getSetting().unit();
    return switch (getSetting().type()) {
      case SWITCH -> "0 (off) or 1 (on)";
      case BOOL -> "true or false";
      case FLAG -> "present or not";
      case INT_VECTOR -> bounds.size() + " whole numbers";
      case PORT_LIST -> "a list of ports";
      case PORT_RANGE_LIST -> "a list of port ranges";
      case LISTEN_ADDRESS_LIST -> "a list of addresses, each with or without a port";
      case TEXT_LIST -> "a list of texts";
      case TEXT -> "one line of text";
      case LINES -> "lines of text";
      default ->
          bounds.on().isEmpty()
              ? "a whole number from " + bounds.min() + " to " + bounds.max() + unit
              : "a whole number, " + getSetting().rangesByArchitecture();
    };
  }

  /** The value without any configuration, in words. */
  public String getDefaultValue() {
    SettingValue value = getSetting().kernelDefault();
    return value == null ? "depends on the system" : withWord(value);
  }

  /**
   * How values of all and of an interface become one, or null where there is nothing to combine.
   */
  public String getCombineRule() {
    return getSetting().combine() == CombineRule.NONE ? null : getSetting().combine().code();
  }

  public String getSeverity() {
    return getSetting().severity().name().toLowerCase(Locale.ROOT);
  }

  public List<Setting.Fact> getFacts() {
    return getSetting().facts();
  }

  private String withWord(SettingValue value) {
    String word = getSetting().meaning(value);
    return word == null ? value.display() : value.display() + " (" + word + ")";
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }
}

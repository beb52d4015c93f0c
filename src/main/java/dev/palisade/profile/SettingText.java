package dev.palisade.profile;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as people type them into a draft: as {@link ValueText} has them, and parameters as <code>
 * ${name}</code> in the place of a value or of an element of a list.
 */
public final class SettingText {

  private SettingText() {}

  /**
   * Reads what somebody typed; not yet checked against bounds and parameters.
   *
   * @param typed null counts as empty
   * @throws dev.palisade.core.DomainException naming what the setting takes
   */
  public static SettingValue read(Setting setting, String typed) {
    String text = typed == null ? "" : typed.strip();
    if (!isList(setting.type())) {
      SettingValue whole = new Text(text);
      return References.of(whole).isPresent() ? whole : ValueText.read(setting, text);
    }
    List<SettingValue> items = new ArrayList<>();
    for (String part : text.split(setting.type() == ValueType.TEXT_LIST ? "\\R" : "[\\s,]+", -1)) {
      SettingValue item = new Text(part.strip());
      if (References.of(item).isPresent()) {
        items.add(item);
      } else if (ValueText.read(setting, part) instanceof Items read) {
        items.addAll(read.items());
      }
    }
    return new Items(items);
  }

  private static boolean isList(ValueType type) {
    return switch (type) {
      case TEXT_LIST, PORT_LIST, PORT_RANGE_LIST, LISTEN_ADDRESS_LIST, INT_VECTOR -> true;
      default -> false;
    };
  }
}

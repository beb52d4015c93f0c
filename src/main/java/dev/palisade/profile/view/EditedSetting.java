package dev.palisade.profile.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.Advice;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.SettingsCheck.Entry;
import dev.palisade.profile.VersionContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One setting of the catalog as the editor shows it: in the draft with its fields, or addable. */
public class EditedSetting {

  private static final int MOST_BUTTONS = 4;

  private final Setting setting;
  private boolean chosen;
  private List<Advice> advice = List.of();
  private String text;
  private String reason;
  private String seen = "";
  private String error = "";
  private boolean saved;

  private EditedSetting(Setting setting) {
    this.setting = setting;
  }

  static EditedSetting of(Setting setting, VersionContent content, Catalog catalog) {
    EditedSetting row = new EditedSetting(setting);
    row.show(content, catalog);
    return row;
  }

  private void show(VersionContent content, Catalog catalog) {
    Optional<ProfileSetting> present = content.find(setting.key());
    chosen = present.isPresent();
    present.ifPresent(
        p -> {
          text = ValueText.write(setting, p.value());
          reason = p.reason();
          seen = p.fingerprint();
          advice = Advice.whileEditing(p, content, catalog);
        });
  }

  Entry entry() {
    return new Entry(setting.key(), value(), reason);
  }

  private JsonNode value() {
    return ValueText.read(setting, text).toJson();
  }

  /** As it enters the draft: at the kernel's default, else at the first value that is accepted. */
  Entry firstEntry() {
    SettingValue first = setting.kernelDefault();
    if (first == null) {
      first =
          switch (setting.type()) {
            case SWITCH -> new SettingValue.Int(0);
            case INT, BITMASK ->
                new SettingValue.Int(setting.bounds().min() == null ? 0 : setting.bounds().min());
            case CHOICE, CHOICE_INT -> setting.bounds().values().get(0);
            case BOOL, FLAG -> new SettingValue.Bool(true);
            case TEXT, LINES ->
                new SettingValue.Text(
                    setting.bounds().suggested().isEmpty()
                        ? "…"
                        : setting.bounds().suggested().get(0));
            case INT_VECTOR ->
                new SettingValue.Items(
                    java.util.Collections.nCopies(
                        setting.bounds().size(), new SettingValue.Int(0)));
            case TEXT_LIST, PORT_LIST, PORT_RANGE_LIST -> new SettingValue.Items(List.of());
          };
    }
    return new Entry(setting.key(), first.toJson(), null);
  }

  void saved(VersionContent content, Catalog catalog) {
    error = "";
    saved = true;
    show(content, catalog);
  }

  /** Keeps what was typed; where somebody else was faster, the next save replaces their value. */
  void refused(DomainException refusal, VersionContent now) {
    saved = false;
    error = refusal.faults().isEmpty() ? refusal.detail() : refusal.faults().get(0).detail();
    if (refusal.problem() == Problem.CONTENT_CHANGED) {
      seen = now.find(setting.key()).map(ProfileSetting::fingerprint).orElse("");
      error += " Your value is still in the field; saving it again replaces theirs.";
    }
  }

  /** The values to choose from with their words, by the text that stands for each; may be empty. */
  public Map<String, String> getChoices() {
    Map<String, String> choices = new LinkedHashMap<>();
    List<SettingValue> values =
        switch (setting.type()) {
          case SWITCH -> List.of(new SettingValue.Int(0), new SettingValue.Int(1));
          case BOOL -> List.of(new SettingValue.Bool(false), new SettingValue.Bool(true));
          case FLAG -> List.of(new SettingValue.Bool(true));
          case CHOICE, CHOICE_INT -> setting.bounds().values();
          default -> List.of();
        };
    for (SettingValue value : values) {
      String word = setting.meaning(value);
      choices.put(word == null ? value.display() : value.display() + " " + word, value.display());
    }
    return choices;
  }

  /** Which field suits: buttons, menu, lines or line. */
  public String getField() {
    int choices = getChoices().size();
    if (choices > 0) {
      return choices <= MOST_BUTTONS ? "buttons" : "menu";
    }
    return setting.type() == ValueType.LINES || setting.type() == ValueType.TEXT_LIST
        ? "lines"
        : "line";
  }

  /** What may be typed, in half a line. */
  public String getHelp() {
    Long min = setting.bounds().min();
    Long max = setting.bounds().max();
    return switch (setting.type()) {
      case INT, BITMASK -> min == null || max == null ? "a whole number" : min + " to " + max;
      case INT_VECTOR -> setting.bounds().size() + " whole numbers, spaces between";
      case PORT_LIST -> "ports, spaces between; empty for none";
      case PORT_RANGE_LIST -> "ranges such as 8000-8010, spaces between";
      case TEXT_LIST -> "one to a line";
      default -> "";
    };
  }

  public boolean isEqualToDefault() {
    return chosen
        && text != null
        && setting.kernelDefault() != null
        && text.equals(ValueText.write(setting, setting.kernelDefault()));
  }

  public Setting getSetting() {
    return setting;
  }

  public String getKey() {
    return setting.key();
  }

  public boolean isChosen() {
    return chosen;
  }

  public List<Advice> getAdvice() {
    return advice;
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public String getSeen() {
    return seen;
  }

  /** Null stands for the empty text, which a form cannot send. */
  public void setSeen(String seen) {
    this.seen = seen == null ? "" : seen;
  }

  /** Why the last save was refused; empty when it was not. */
  public String getError() {
    return error;
  }

  public boolean isSaved() {
    return saved;
  }
}

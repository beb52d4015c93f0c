package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.core.DomainException;
import dev.palisade.profile.Advice;
import dev.palisade.profile.DeclaredCheck;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.References;
import dev.palisade.profile.SettingText;
import dev.palisade.profile.SettingsCheck.Entry;
import dev.palisade.profile.VersionContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One setting as the editor shows it: in the draft with its fields, or addable. */
public class EditedSetting {

  private static final String MANDATORY = "mandatory";
  private static final String DEFAULT = "default";

  /** One number of a vector. */
  public static class Part {
    private String text;

    Part(String text) {
      this.text = text;
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }
  }

  private final Setting setting;
  private final SettingField field;
  private final DeclaredType declared;
  private final Catalog catalog;
  private VersionContent content;
  private boolean chosen;
  private boolean shown;
  private List<Advice> advice = List.of();
  private String text = "";
  private List<Part> parts = List.of();
  private String reason;
  private String strength = DEFAULT;
  private String parameter = "";
  private String interfaceName;
  private String seen = "";
  private String theirs = "";
  private String error = "";
  private Conflict conflict;
  private boolean saved;
  private String heading = "";

  /**
   * A setting beside what a draft says about it.
   *
   * @param declared what it is, where the catalog lacks it; else null
   */
  EditedSetting(Setting setting, DeclaredType declared, VersionContent content, Catalog catalog) {
    this.setting = setting;
    this.field = new SettingField(setting);
    this.declared = declared;
    this.catalog = catalog;
    show(content);
  }

  /** Shows what the draft says now. */
  final void show(VersionContent now) {
    content = now;
    conflict = null;
    error = "";
    Optional<ProfileSetting> present = content.find(setting.key());
    chosen = present.isPresent();
    shown = chosen;
    seen = present.map(ProfileSetting::fingerprint).orElse("");
    present.ifPresent(
        p -> {
          take(p.value());
          reason = p.reason();
          strength = p.mandatory() ? MANDATORY : DEFAULT;
          advice = Advice.whileEditing(p, content, catalog);
        });
  }

  private void take(SettingValue value) {
    text = ValueText.write(setting, value);
    parts =
        field.kind().equals("vector")
            ? Arrays.stream(text.split(" ", -1)).map(Part::new).collect(Collectors.toList())
            : List.of();
    parameter = References.of(value).orElse("");
  }

  /** Keeps the fields of a setting that somebody took out meanwhile, so that nothing is lost. */
  void keepShown() {
    if (!shown) {
      take(field.first());
      shown = true;
    }
  }

  /** The page showed both sides; which they are is told anew. */
  void keepConflict() {
    conflict = new Conflict("", null, "", "");
  }

  Entry entry() {
    if (!parts.isEmpty()) {
      text =
          parts.stream()
              .map(p -> p.getText() == null ? "" : p.getText().strip())
              .collect(Collectors.joining(" "));
    }
    return entry(SettingText.read(setting, text), reason, MANDATORY.equals(strength));
  }

  /** As it enters the draft. */
  Entry firstEntry() {
    return entry(field.first(), null, false);
  }

  private Entry entry(SettingValue value, String why, boolean mandatory) {
    return new Entry(
        setting.key(), value.toJson(), why, mandatory, DeclaredCheck.Entry.of(declared));
  }

  /** The parameter that was picked becomes the value, or one more element of the list. */
  void useParameter() {
    boolean list = isList();
    if (list && !parameter.isEmpty()) {
      text = (text == null || text.isBlank() ? "" : text.strip() + "\n") + References.to(parameter);
    } else if (!list && !parameter.isEmpty()) {
      text = References.to(parameter);
    } else if (hasParameter()) {
      take(field.first());
    }
  }

  void saved(VersionContent now) {
    show(now);
    saved = true;
  }

  /** Keeps what was typed. */
  void refused(DomainException refusal) {
    saved = false;
    conflict = null;
    error = refusal.faults().isEmpty() ? refusal.detail() : refusal.faults().get(0).detail();
  }

  /** Keeps what was typed, and shows what somebody else wrote meanwhile. */
  void conflicts(VersionContent now, List<DraftEdit> edits) {
    saved = false;
    conflict = Conflict.of(edits, setting.key(), now.find(setting.key()).orElse(null));
    theirs = conflict.now();
  }

  /** One's own side, in the same words as the other. */
  public String getMine() {
    return Conflict.words(text, MANDATORY.equals(strength), reason);
  }

  /** The parameters that fit, by what a menu calls them; the first item is for none. */
  public Map<String, String> getParameters() {
    return content.parameters().isEmpty() || field.kind().equals("vector")
        ? Map.of()
        : OfferedParameters.of(
            new ProfileSetting(setting.key(), field.first(), null, false, declared),
            hasParameter() ? text.substring(2, text.length() - 1) : "",
            content,
            catalog);
  }

  private boolean isList() {
    return field.first() instanceof SettingValue.Items;
  }

  /** Whether the value is a parameter. */
  private boolean hasParameter() {
    return References.of(new SettingValue.Text(text == null ? "" : text)).isPresent() && !isList();
  }

  /** Which field suits; {@code parameter} where a parameter is the value. */
  public String getField() {
    return hasParameter() ? "parameter" : field.kind();
  }

  public boolean isNumber() {
    return field.isNumber();
  }

  public Map<String, String> getChoices() {
    return field.choices();
  }

  public String getHelp() {
    return field.help();
  }

  /** The interfaces that parameters name, to choose from. */
  public List<String> getInterfaces() {
    return OfferedParameters.interfaces(content);
  }

  /** Whether it stands for one of each interface: adding it takes the interface's name. */
  public boolean isForEachInterface() {
    return setting.isForEachInterface();
  }

  public Setting getSetting() {
    return setting;
  }

  public String getKey() {
    return setting.key();
  }

  /** What it is where the catalog lacks it, in JSON; empty for every other. */
  public String getDeclared() {
    return declared == null ? "" : declared.toJson().toString();
  }

  public boolean isChosen() {
    return chosen;
  }

  /** Whether its fields are shown. */
  public boolean isShown() {
    return shown;
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

  public List<Part> getParts() {
    return parts;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public String getStrength() {
    return strength;
  }

  public void setStrength(String strength) {
    this.strength = strength;
  }

  public String getParameter() {
    return parameter;
  }

  /** Null stands for the empty text, which a form cannot send. */
  public void setParameter(String parameter) {
    this.parameter = parameter == null ? "" : parameter;
  }

  public String getInterfaceName() {
    return interfaceName;
  }

  public void setInterfaceName(String interfaceName) {
    this.interfaceName = interfaceName;
  }

  public String getSeen() {
    return seen;
  }

  /** As for the parameter. */
  public void setSeen(String seen) {
    this.seen = seen == null ? "" : seen;
  }

  /** The fingerprint of the other side, by which one's own replaces it; empty for none. */
  public String getTheirs() {
    return theirs;
  }

  /** As for the parameter. */
  public void setTheirs(String theirs) {
    this.theirs = theirs == null ? "" : theirs;
  }

  /** Why the last save was refused; empty when it was not. */
  public String getError() {
    return error;
  }

  /** Null unless somebody else was faster. */
  public Conflict getConflict() {
    return conflict;
  }

  public boolean isSaved() {
    return saved;
  }

  /** The family that begins with this row, where a list shows several; else empty. */
  public String getHeading() {
    return heading;
  }

  void setHeading(String heading) {
    this.heading = heading;
  }
}

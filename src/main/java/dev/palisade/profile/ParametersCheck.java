package dev.palisade.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a list of parameters as somebody sent it into checked ones, in the content they are for.
 */
public final class ParametersCheck {

  private static final int MOST_PARAMETERS = 64;
  private static final int MOST_CHOICES = 100;
  private static final int MOST_PORT = 65_535;
  private static final int TEXT_LENGTH = 250;
  private static final int DESCRIPTION_LENGTH = 2_000;
  private static final String NAME_RULE =
      "A parameter’s name has 1 to 63 lower-case letters, digits, hyphens and underscores, and"
          + " begins with a letter.";

  /**
   * A parameter as sent; see {@link Parameter} for what the members mean.
   *
   * @param min where missing, the least number that the type has
   * @param max where missing, the greatest number that the type has
   */
  public record Entry(
      String name,
      String type,
      Long min,
      Long max,
      List<JsonNode> choices,
      @JsonProperty("default") JsonNode standard,
      JsonNode example,
      String description) {}

  private final String at;
  private final List<Fault> faults;

  private ParametersCheck(String at, List<Fault> faults) {
    this.at = at;
    this.faults = faults;
  }

  /**
   * Checks a whole list, and that the content's settings still go with it.
   *
   * @return the content with these parameters in place of its own
   * @throws DomainException with one fault per bad entry, and one per setting that is left behind
   */
  public static VersionContent check(Catalog catalog, List<Entry> entries, VersionContent content) {
    List<Fault> faults = new ArrayList<>();
    List<Parameter> parameters = new ArrayList<>();
    if (entries.size() > MOST_PARAMETERS) {
      throw DomainException.notValid(
          "", "A version has at most " + MOST_PARAMETERS + " parameters.");
    }
    for (int i = 0; i < entries.size(); i++) {
      Parameter parameter = new ParametersCheck("/" + i, faults).parameter(entries.get(i));
      if (parameter != null && isNamed(parameters, parameter.name())) {
        faults.add(
            new Fault("/" + i + "/name", "“" + parameter.name() + "” stands twice in the list."));
      } else if (parameter != null) {
        parameters.add(parameter);
      }
    }
    if (faults.isEmpty()) {
      for (ProfileSetting setting : content.settings()) {
        SettingsCheck.faults(setting, parameters, catalog)
            .forEach(
                (member, detail) ->
                    faults.add(
                        new Fault(place(setting, parameters), setting.key() + ": " + detail)));
      }
    }
    SettingsCheck.requireNone(faults);
    return content.withParameters(parameters);
  }

  /**
   * Checks one parameter beside those that a content has.
   *
   * @param replaced the name of the one in whose place it comes, or null for a new one
   * @return the content with it; what used the replaced one uses it
   * @throws DomainException with one fault per member; without a member, for what it would break
   */
  public static VersionContent check(
      Catalog catalog, Entry entry, String replaced, VersionContent content) {
    List<Fault> faults = new ArrayList<>();
    Parameter parameter = new ParametersCheck("", faults).parameter(entry);
    List<Parameter> next =
        new ArrayList<>(
            content.parameters().stream().filter(p -> !p.name().equals(replaced)).toList());
    if (parameter != null && isNamed(next, parameter.name())) {
      faults.add(new Fault("/name", "There is a parameter “" + parameter.name() + "” already."));
    }
    if (next.size() >= MOST_PARAMETERS) {
      faults.add(new Fault("", "A version has at most " + MOST_PARAMETERS + " parameters."));
    }
    SettingsCheck.requireNone(faults);
    next.add(parameter);
    VersionContent using = replaced == null ? content : content.renamed(replaced, parameter.name());
    for (ProfileSetting setting : using.settings()) {
      SettingsCheck.faults(setting, next, catalog)
          .values()
          .forEach(detail -> faults.add(new Fault("", setting.key() + ": " + detail)));
    }
    SettingsCheck.requireNone(faults);
    return using.withParameters(next);
  }

  private static boolean isNamed(List<Parameter> parameters, String name) {
    return parameters.stream().anyMatch(p -> p.name().equals(name));
  }

  /** The first entry that the setting uses; the whole list where what it uses is not there. */
  private static String place(ProfileSetting setting, List<Parameter> parameters) {
    return IntStream.range(0, parameters.size())
        .filter(
            i -> References.in(setting.key(), setting.value()).contains(parameters.get(i).name()))
        .mapToObj(i -> "/" + i)
        .findFirst()
        .orElse("");
  }

  /** The parameter, or null where a member is at fault. */
  private Parameter parameter(Entry entry) {
    int before = faults.size();
    boolean named =
        entry != null && entry.name() != null && References.NAME.matcher(entry.name()).matches();
    require("/name", named, NAME_RULE);
    if (entry == null) {
      return null;
    }
    ParameterType type = ParameterType.of(entry.type() == null ? "" : entry.type()).orElse(null);
    require(
        "/type", type != null, "A type is interface, port, address, boolean, integer or choice.");
    String description = description(entry.description());
    if (type == null) {
      return null;
    }
    Long min = bound(type, entry.min(), 1, Integer.MIN_VALUE);
    Long max = bound(type, entry.max(), MOST_PORT, Integer.MAX_VALUE);
    bounds(type, entry, min, max);
    List<SettingValue> choices = choices(type, entry.choices());
    if (faults.size() > before) {
      return null;
    }
    Parameter bare = new Parameter(entry.name(), type, min, max, choices, null, null, description);
    Parameter whole =
        new Parameter(
            entry.name(),
            type,
            min,
            max,
            choices,
            within(bare, "/default", entry.standard()),
            within(bare, "/example", entry.example()),
            description);
    return faults.size() > before ? null : whole;
  }

  private void bounds(ParameterType type, Entry entry, Long min, Long max) {
    if (!type.isNumber()) {
      require(
          entry.min() == null ? "/max" : "/min",
          entry.min() == null && entry.max() == null,
          "Only ports and integers have bounds.");
      return;
    }
    boolean port = type == ParameterType.PORT;
    String range =
        port
            ? "A port is from 1 to " + MOST_PORT + "."
            : "A number is at most " + SettingValue.MOST + ".";
    require("/min", port ? min >= 1 : DeclaredCheck.isExact(min), range);
    require("/max", port ? max <= MOST_PORT : DeclaredCheck.isExact(max), range);
    require("/min", min <= max, "The least value is greater than the greatest.");
  }

  private void require(String member, boolean holds, String otherwise) {
    if (!holds) {
      faults.add(new Fault(at + member, otherwise));
    }
  }

  private String description(String text) {
    try {
      String said = Words.text(at + "/description", text, DESCRIPTION_LENGTH);
      return said.isEmpty() ? null : said;
    } catch (DomainException e) {
      faults.addAll(e.faults());
      return null;
    }
  }

  private static Long bound(ParameterType type, Long given, long ofPort, long ofInteger) {
    if (!type.isNumber()) {
      return null;
    }
    return given != null ? given : Long.valueOf(type == ParameterType.PORT ? ofPort : ofInteger);
  }

  private SettingValue within(Parameter bare, String member, JsonNode sent) {
    if (sent == null || sent.isNull()) {
      return null;
    }
    try {
      SettingValue value = SettingValue.fromJson(sent, at + member);
      require(member, bare.accepts(value), "It is not " + bare.takes() + ".");
      return value;
    } catch (DomainException e) {
      faults.addAll(e.faults());
      return null;
    }
  }

  private List<SettingValue> choices(ParameterType type, List<JsonNode> sent) {
    boolean given = sent != null && !sent.isEmpty();
    require(
        "/choices",
        (type == ParameterType.CHOICE) == given,
        "A choice lists its values; nothing else does.");
    List<SettingValue> choices = new ArrayList<>();
    boolean fit = true;
    for (JsonNode node : given ? sent : List.<JsonNode>of()) {
      SettingValue value = choice(node);
      fit &= value != null && choices.stream().noneMatch(c -> c.display().equals(value.display()));
      choices.add(value == null ? new SettingValue.Int(0) : value);
    }
    require("/choices", fit, "Choices are different texts or whole numbers.");
    require(
        "/choices",
        choices.size() <= MOST_CHOICES,
        "A choice has at most " + MOST_CHOICES + " values.");
    return choices;
  }

  /** A whole number or a line of text that is no reference; null for anything else. */
  private SettingValue choice(JsonNode node) {
    try {
      SettingValue value = SettingValue.fromJson(node, at);
      boolean line =
          value instanceof SettingValue.Text text
              && Words.line(at, text.value(), TEXT_LENGTH).equals(text.value())
              && References.of(text).isEmpty();
      return line || value instanceof SettingValue.Int ? value : null;
    } catch (DomainException e) {
      return null;
    }
  }
}

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

  private ParametersCheck() {}

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
      try {
        Parameter parameter = parameter("/" + i, entries.get(i));
        if (parameters.stream().anyMatch(p -> p.name().equals(parameter.name()))) {
          throw DomainException.notValid(
              "/" + i + "/name", "“" + parameter.name() + "” stands twice in the list.");
        }
        parameters.add(parameter);
      } catch (DomainException e) {
        faults.addAll(e.faults());
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

  /** The first entry that the setting uses; the whole list where what it uses is not there. */
  private static String place(ProfileSetting setting, List<Parameter> parameters) {
    return IntStream.range(0, parameters.size())
        .filter(
            i -> References.in(setting.key(), setting.value()).contains(parameters.get(i).name()))
        .mapToObj(i -> "/" + i)
        .findFirst()
        .orElse("");
  }

  private static Parameter parameter(String pointer, Entry entry) {
    if (entry == null || entry.name() == null || !References.NAME.matcher(entry.name()).matches()) {
      throw DomainException.notValid(
          pointer + "/name",
          "A parameter’s name has 1 to 63 lower-case letters, digits, hyphens and underscores, and"
              + " begins with a letter.");
    }
    ParameterType type =
        ParameterType.of(entry.type() == null ? "" : entry.type())
            .orElseThrow(
                () ->
                    DomainException.notValid(
                        pointer + "/type",
                        "A type is interface, port, address, boolean, integer or choice."));
    if (!type.isNumber() && (entry.min() != null || entry.max() != null)) {
      throw DomainException.notValid(pointer + "/min", "Only ports and integers have bounds.");
    }
    Long min = bound(type, entry.min(), 1, Integer.MIN_VALUE);
    Long max = bound(type, entry.max(), MOST_PORT, Integer.MAX_VALUE);
    if (type.isNumber() && min > max) {
      throw DomainException.notValid(
          pointer + "/min", "The least value is greater than the greatest.");
    }
    if (!DeclaredCheck.isExact(min) || !DeclaredCheck.isExact(max)) {
      throw DomainException.notValid(
          pointer + (DeclaredCheck.isExact(min) ? "/max" : "/min"),
          "A number is at most " + SettingValue.MOST + ".");
    }
    if (type == ParameterType.PORT && (min < 1 || max > MOST_PORT)) {
      throw DomainException.notValid(pointer + "/max", "A port is from 1 to " + MOST_PORT + ".");
    }
    Parameter bare =
        new Parameter(
            entry.name(),
            type,
            min,
            max,
            choices(pointer + "/choices", type, entry.choices()),
            null,
            null,
            entry.description() == null || entry.description().isBlank()
                ? null
                : Words.text(pointer + "/description", entry.description(), DESCRIPTION_LENGTH));
    return new Parameter(
        bare.name(),
        type,
        min,
        max,
        bare.choices(),
        within(bare, pointer + "/default", entry.standard()),
        within(bare, pointer + "/example", entry.example()),
        bare.description());
  }

  private static Long bound(ParameterType type, Long given, long ofPort, long ofInteger) {
    if (!type.isNumber()) {
      return null;
    }
    return given != null ? given : Long.valueOf(type == ParameterType.PORT ? ofPort : ofInteger);
  }

  private static SettingValue within(Parameter bare, String pointer, JsonNode sent) {
    if (sent == null || sent.isNull()) {
      return null;
    }
    SettingValue value = SettingValue.fromJson(sent, pointer);
    if (!bare.accepts(value)) {
      throw DomainException.notValid(pointer, "It is not " + bare.takes() + ".");
    }
    return value;
  }

  private static List<SettingValue> choices(
      String pointer, ParameterType type, List<JsonNode> sent) {
    boolean given = sent != null && !sent.isEmpty();
    if ((type == ParameterType.CHOICE) != given) {
      throw DomainException.notValid(pointer, "A choice lists its values; nothing else does.");
    }
    List<SettingValue> choices = new ArrayList<>();
    for (JsonNode node : given ? sent : List.<JsonNode>of()) {
      SettingValue value = SettingValue.fromJson(node, pointer);
      boolean line =
          value instanceof SettingValue.Text text
              && Words.line(pointer, text.value(), TEXT_LENGTH).equals(text.value())
              && References.of(text).isEmpty();
      boolean scalar = line || value instanceof SettingValue.Int;
      if (!scalar || choices.stream().anyMatch(c -> c.display().equals(value.display()))) {
        throw DomainException.notValid(pointer, "Choices are different texts or whole numbers.");
      }
      choices.add(value);
    }
    if (choices.size() > MOST_CHOICES) {
      throw DomainException.notValid(pointer, "A choice has at most " + MOST_CHOICES + " values.");
    }
    return choices;
  }
}

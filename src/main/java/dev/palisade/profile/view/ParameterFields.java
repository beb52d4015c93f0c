package dev.palisade.profile.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParameterType;
import dev.palisade.profile.ParametersCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The fields of a form that declares a parameter, as they were typed. */
public class ParameterFields {

  private String name;
  private String type = ParameterType.INTERFACE.code();
  private String min;
  private String max;
  private String choices;
  private String standard;
  private String example;
  private String description;

  /** Takes over a parameter of a draft. */
  void take(Parameter parameter) {
    name = parameter.name();
    type = parameter.type().code();
    min = Objects.toString(parameter.min(), "");
    max = Objects.toString(parameter.max(), "");
    choices =
        parameter.choices().stream().map(SettingValue::display).collect(Collectors.joining("\n"));
    standard = parameter.standard() == null ? "" : parameter.standard().display();
    example = parameter.example() == null ? "" : parameter.example().display();
    description = parameter.description();
  }

  /**
   * What was typed, as it would be sent; only the members that the type has.
   *
   * @param faults gets what cannot be read at all
   */
  ParametersCheck.Entry entry(List<Fault> faults) {
    return new ParametersCheck.Entry(
        name == null ? "" : name.strip(),
        type,
        isNumber() ? TypedValues.number("min", min, faults) : null,
        isNumber() ? TypedValues.number("max", max, faults) : null,
        isChoice() ? TypedValues.lines(choices) : null,
        value(standard),
        value(example),
        description);
  }

  private JsonNode value(String typed) {
    String text = typed == null ? "" : typed.strip();
    if (text.isEmpty()) {
      return null;
    }
    if (ParameterType.BOOLEAN.code().equals(type)
        && (text.equals("true") || text.equals("false"))) {
      return BooleanNode.valueOf(text.equals("true"));
    }
    return isNumber() || isChoice() ? TypedValues.scalar(text) : TextNode.valueOf(text);
  }

  /** The types by the words that the menu has for them. */
  public Map<String, String> getTypes() {
    Map<String, String> types = new LinkedHashMap<>();
    for (ParameterType known : ParameterType.values()) {
      types.put(known.code(), known.code());
    }
    return types;
  }

  public boolean isNumber() {
    return ParameterType.of(type == null ? "" : type).filter(ParameterType::isNumber).isPresent();
  }

  public boolean isChoice() {
    return ParameterType.CHOICE.code().equals(type);
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
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

  public String getChoices() {
    return choices;
  }

  public void setChoices(String choices) {
    this.choices = choices;
  }

  public String getStandard() {
    return standard;
  }

  public void setStandard(String standard) {
    this.standard = standard;
  }

  public String getExample() {
    return example;
  }

  public void setExample(String example) {
    this.example = example;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }
}

package dev.palisade.profile.persistence;

import dev.palisade.profile.RuleChangeState;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a state by its code. */
@Converter(autoApply = true)
public class RuleChangeStateColumn implements AttributeConverter<RuleChangeState, String> {

  @Override
  public String convertToDatabaseColumn(RuleChangeState state) {
    return state == null ? null : state.code();
  }

  @Override
  public RuleChangeState convertToEntityAttribute(String code) {
    return code == null ? null : RuleChangeState.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

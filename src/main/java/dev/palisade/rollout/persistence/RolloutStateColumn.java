package dev.palisade.rollout.persistence;

import dev.palisade.rollout.RolloutState;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a state by its code. */
@Converter(autoApply = true)
public class RolloutStateColumn implements AttributeConverter<RolloutState, String> {

  @Override
  public String convertToDatabaseColumn(RolloutState state) {
    return state == null ? null : state.code();
  }

  @Override
  public RolloutState convertToEntityAttribute(String code) {
    return code == null ? null : RolloutState.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

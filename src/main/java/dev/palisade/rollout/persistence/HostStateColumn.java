package dev.palisade.rollout.persistence;

import dev.palisade.rollout.HostState;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a state by its code. */
@Converter(autoApply = true)
public class HostStateColumn implements AttributeConverter<HostState, String> {

  @Override
  public String convertToDatabaseColumn(HostState state) {
    return state == null ? null : state.code();
  }

  @Override
  public HostState convertToEntityAttribute(String code) {
    return code == null ? null : HostState.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

package dev.palisade.assignment.persistence;

import dev.palisade.assignment.WaiverState;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a state by its code. */
@Converter(autoApply = true)
public class WaiverStateColumn implements AttributeConverter<WaiverState, String> {

  @Override
  public String convertToDatabaseColumn(WaiverState state) {
    return state == null ? null : state.code();
  }

  @Override
  public WaiverState convertToEntityAttribute(String code) {
    return code == null ? null : WaiverState.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

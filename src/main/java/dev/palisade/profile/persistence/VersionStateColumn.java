package dev.palisade.profile.persistence;

import dev.palisade.profile.VersionState;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a state by its code. */
@Converter(autoApply = true)
public class VersionStateColumn implements AttributeConverter<VersionState, String> {

  @Override
  public String convertToDatabaseColumn(VersionState state) {
    return state == null ? null : state.code();
  }

  @Override
  public VersionState convertToEntityAttribute(String code) {
    return code == null ? null : VersionState.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

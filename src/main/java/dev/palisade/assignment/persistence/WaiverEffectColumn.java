package dev.palisade.assignment.persistence;

import dev.palisade.assignment.WaiverEffect;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores an effect by its code. */
@Converter(autoApply = true)
public class WaiverEffectColumn implements AttributeConverter<WaiverEffect, String> {

  @Override
  public String convertToDatabaseColumn(WaiverEffect effect) {
    return effect == null ? null : effect.code();
  }

  @Override
  public WaiverEffect convertToEntityAttribute(String code) {
    return code == null ? null : WaiverEffect.of(code).orElseThrow();
  }
}

package dev.palisade.account.persistence;

import dev.palisade.account.Role;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a role by its code. */
@Converter(autoApply = true)
public class RoleColumn implements AttributeConverter<Role, String> {

  @Override
  public String convertToDatabaseColumn(Role role) {
    return role == null ? null : role.code();
  }

  @Override
  public Role convertToEntityAttribute(String code) {
    return code == null ? null : Role.valueOf(code.toUpperCase(Locale.ROOT));
  }
}

package dev.palisade.catalog.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.core.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Reads and searches the catalog. */
@ApplicationScoped
public class ReadCatalog {

  @Inject private Catalog catalog;

  /**
   * Settings by words and kind; see {@link Catalog#search}.
   *
   * @param kind a kind's code, or null or blank for every kind
   */
  @Requires(Permission.VIEW)
  public List<Setting> search(String query, String kind) {
    try {
      return catalog.search(query, kind == null || kind.isBlank() ? null : SettingKind.of(kind));
    } catch (IllegalArgumentException e) {
      throw DomainException.notValid(
          "/kind", "The kinds are sysctl, nixos-option, kernel-param and module-blacklist.");
    }
  }

  @Requires(Permission.VIEW)
  public Setting setting(String key) {
    return catalog.find(key).orElseThrow(() -> DomainException.notFound("setting", key));
  }
}

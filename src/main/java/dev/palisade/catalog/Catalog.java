package dev.palisade.catalog;

import dev.palisade.core.Digest;
import java.util.List;
import java.util.Optional;

/** All settings the portal knows, loaded once from its own data files and checked while loading. */
public interface Catalog {

  /**
   * The digest of the catalog's data: verdicts and releases name it, so that they can be
   * recomputed.
   */
  Digest version();

  /** Every setting, in the order in which pages show them: by family, then as in the data. */
  List<Setting> settings();

  Optional<Setting> find(String key);

  /**
   * What is wrong with a value for a setting.
   *
   * @return sentences for a person; empty when the value is accepted
   */
  List<String> faults(Setting setting, SettingValue value);
}

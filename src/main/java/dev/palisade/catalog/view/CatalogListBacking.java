package dev.palisade.catalog.view;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.application.ReadCatalog;
import dev.palisade.shell.view.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalog as a list by family, narrowed by words and kind. */
@Named("catalogList")
@RequestScoped
public class CatalogListBacking {

  /** A family and those of its settings that match. */
  public record Family(String name, List<Setting> settings) {

    /** The id of its part of the page. */
    public String anchor() {
      return Texts.anchor("family", name);
    }
  }

  /** More settings than this are folded by family, unless the reader narrowed the list. */
  private static final int MAX_UNFOLDED = 40;

  @Inject private ReadCatalog catalog;

  private String query;
  private String kind;
  private List<Family> families;
  private int count;

  public List<Family> getFamilies() {
    if (families == null) {
      List<Setting> found = catalog.search(query, kind);
      Map<String, List<Setting>> byFamily = new LinkedHashMap<>();
      found.forEach(s -> byFamily.computeIfAbsent(s.family(), any -> new ArrayList<>()).add(s));
      families = new ArrayList<>();
      byFamily.forEach((name, settings) -> families.add(new Family(name, settings)));
      count = found.size();
    }
    return families;
  }

  public int getCount() {
    getFamilies();
    return count;
  }

  /** Whether families are closed at first. */
  public boolean isFolded() {
    return !isNarrowed() && getCount() > MAX_UNFOLDED;
  }

  public List<SettingKind> getKinds() {
    return List.of(SettingKind.values());
  }

  public boolean isNarrowed() {
    return (query != null && !query.isBlank()) || (kind != null && !kind.isBlank());
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }
}

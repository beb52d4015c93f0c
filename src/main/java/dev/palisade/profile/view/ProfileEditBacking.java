package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.core.DomainException;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.application.DraftVersion;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** A draft, one family or search of the catalog at a time; each setting is saved by itself. */
@Named("profileEdit")
@RequestScoped
public class ProfileEditBacking {

  /** A family of the catalog, and how much of it the draft speaks of. */
  public record Family(String name, long chosen, long known) {}

  @Inject private ReadProfiles profiles;
  @Inject private DraftVersion draft;
  @Inject private Catalog catalog;

  private String slug;
  private int number;
  private String family;
  private String query;
  private ProfileVersion version;
  private List<EditedSetting> rows;

  public ProfileVersion getVersion() {
    if (version == null) {
      version = profiles.version(slug == null ? "" : slug, number);
    }
    return version;
  }

  /** Families in the catalog's order, the ones that can be named. */
  public List<Family> getFamilies() {
    return catalog.settings().stream()
        .filter(s -> !s.isForEachInterface())
        .map(Setting::family)
        .distinct()
        .map(
            name ->
                new Family(
                    name,
                    known(name).stream().filter(s -> isChosen(s.key())).count(),
                    known(name).size()))
        .toList();
  }

  private List<Setting> known(String name) {
    return catalog.settings().stream()
        .filter(s -> !s.isForEachInterface() && s.family().equals(name))
        .toList();
  }

  private boolean isChosen(String key) {
    return getVersion().content().find(key).isPresent();
  }

  /** In the catalog's order whatever the draft says, so that a form always meets its setting. */
  public List<EditedSetting> getRows() {
    if (rows == null) {
      List<Setting> shown =
          query == null || query.isBlank() ? known(getFamily()) : catalog.search(query, null);
      rows =
          shown.stream()
              .filter(s -> !s.isForEachInterface())
              .map(s -> EditedSetting.of(s, getVersion().content(), catalog))
              .toList();
    }
    return rows;
  }

  /** Saves one row; what is refused stays in its field, with the reason beside it. */
  public void save(EditedSetting row) {
    try {
      version = draft.set(slug, number, row.entry(), row.getSeen());
      row.saved(version.content(), catalog);
    } catch (DomainException e) {
      row.refused(e, profiles.version(slug, number).content());
    }
  }

  /** Takes one setting out. */
  public void remove(EditedSetting row) {
    draft.remove(slug, number, row.getKey(), row.getSeen());
    PageFlow.done(path(), row.getKey() + " is out of the draft.");
  }

  /** Puts one setting in, at the kernel's default or the first value that it accepts. */
  public void add(EditedSetting row) {
    draft.set(slug, number, row.firstEntry(), "");
    PageFlow.done(path(), row.getKey() + " is in the draft. Choose its value.");
  }

  public void addFamily() {
    int added = draft.addFamily(slug, number, getFamily());
    PageFlow.done(path(), added + " settings added, each at the kernel’s default.");
  }

  private String path() {
    String place =
        query == null || query.isBlank()
            ? "&family=" + PageFlow.encoded(getFamily())
            : "&q=" + PageFlow.encoded(query);
    return "/profile/edit?slug=" + PageFlow.encoded(slug) + "&number=" + number + place;
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public int getNumber() {
    return number;
  }

  public void setNumber(int number) {
    this.number = number;
  }

  /** The family that is shown; the first one unless another was asked for. */
  public String getFamily() {
    return family == null ? catalog.settings().get(0).family() : family;
  }

  public void setFamily(String family) {
    this.family = family;
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query;
  }
}

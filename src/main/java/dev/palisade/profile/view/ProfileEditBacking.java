package dev.palisade.profile.view;

import dev.palisade.account.CurrentActor;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.application.ReadDraft;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The editor's address and frame: which draft, which tab, and which part of it. */
@Named("profileEdit")
@RequestScoped
public class ProfileEditBacking {

  /** A family of settings, and how much of it the draft speaks of. */
  public record Family(String name, long chosen, long known) {}

  private static final Set<String> TABS = Set.of("settings", "parameters", "layers");
  private static final Duration RECENT = Duration.ofHours(1);

  @Inject private ReadProfiles profiles;
  @Inject private ReadDraft drafts;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Clock clock;

  private String slug;
  private int number;
  private String tab;
  private String view;
  private String family;
  private String query;
  private int page = 1;
  private ProfileVersion version;
  private List<Family> families;
  private List<DraftEdit> edits;

  public ProfileVersion getVersion() {
    if (version == null) {
      version = profiles.version(slug == null ? "" : slug, number);
    }
    return version;
  }

  /** Shows the draft as an edit left it. */
  void became(ProfileVersion next) {
    version = next;
    families = null;
    edits = null;
  }

  /** The draft as it is in this moment. */
  ProfileVersion reread() {
    became(profiles.version(slug, number));
    return version;
  }

  /** Who last wrote which place, the newest first. */
  List<DraftEdit> edits() {
    if (edits == null) {
      edits = drafts.edits(slug, number);
    }
    return edits;
  }

  /** The newest edit by somebody else within the last hour, or null. */
  public DraftEdit getCompany() {
    return edits().stream()
        .filter(edit -> !edit.getPerson().equals(actor.getName()))
        .filter(edit -> edit.getEditedAt().isAfter(clock.instant().minus(RECENT)))
        .findFirst()
        .orElse(null);
  }

  /** Families in the catalog's order; last what the draft declares itself. */
  public List<Family> getFamilies() {
    if (families == null) {
      Map<String, Long> chosen =
          getVersion().content().settings().stream()
              .collect(
                  Collectors.groupingBy(s -> s.known(catalog).family(), Collectors.counting()));
      Map<String, Long> known =
          catalog.settings().stream()
              .collect(Collectors.groupingBy(Setting::family, Collectors.counting()));
      families =
          new ArrayList<>(
              catalog.settings().stream()
                  .map(Setting::family)
                  .distinct()
                  .map(name -> new Family(name, chosen.getOrDefault(name, 0L), known.get(name)))
                  .toList());
      long declared = chosen.getOrDefault(DeclaredType.FAMILY, 0L);
      families.add(new Family(DeclaredType.FAMILY, declared, declared));
    }
    return families;
  }

  /** The catalog's families and nothing else can be added as a whole. */
  public boolean isWholeFamily() {
    return getPart().equals("family") && !getFamily().equals(DeclaredType.FAMILY);
  }

  /**
   * What the settings tab shows: {@code found}, {@code family}, {@code draft}, {@code check} or
   * {@code custom}. Without a wish the draft's own settings, or a family while it has none.
   */
  public String getPart() {
    if (query != null && !query.isBlank()) {
      return "found";
    }
    if (view != null && Set.of("draft", "check", "custom").contains(view)) {
      return view;
    }
    List<ProfileSetting> settings = getVersion().content().settings();
    return family == null && !settings.isEmpty() ? "draft" : "family";
  }

  /** The tab shown; settings unless another was asked for. */
  public String getShownTab() {
    return tab != null && TABS.contains(tab) ? tab : "settings";
  }

  /** The address of the draft on a tab. */
  String path(String onTab) {
    return "/profile/edit?slug=" + PageFlow.encoded(slug) + "&number=" + number + "&tab=" + onTab;
  }

  /** The address of what is shown of the settings, below the context path. */
  public String getList() {
    String place =
        switch (getPart()) {
          case "found" -> "&q=" + PageFlow.encoded(query);
          case "family" -> "&family=" + PageFlow.encoded(getFamily());
          default -> "&view=" + getPart();
        };
    return path("settings") + place;
  }

  /** The same, on the page that is shown. */
  String path() {
    return getList() + (page > 1 ? "&page=" + page : "");
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

  public String getTab() {
    return tab;
  }

  public void setTab(String tab) {
    this.tab = tab;
  }

  public String getView() {
    return view;
  }

  public void setView(String view) {
    this.view = view;
  }

  /** The family that is shown; the first one unless another was asked for. */
  public String getFamily() {
    return family == null ? catalog.settings().get(0).family() : family;
  }

  public void setFamily(String family) {
    this.family = family;
  }

  /** Which page of a long list, from 1. */
  public int getPage() {
    return page;
  }

  public void setPage(int page) {
    this.page = page;
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query;
  }
}

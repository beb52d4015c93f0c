package dev.palisade.profile.view;

import static java.util.stream.Collectors.groupingBy;

import dev.palisade.profile.Profile;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every profile and how its versions stand, and what waits for a decision. */
@Named("profileList")
@RequestScoped
public class ProfileListBacking {

  /** A profile and its versions, newest first. */
  public record Row(Profile profile, List<VersionLine> versions) {

    /** The newest approved version, or null. */
    public VersionLine approved() {
      return versions.stream()
          .filter(v -> v.state() == VersionState.APPROVED)
          .findFirst()
          .orElse(null);
    }

    /** How many versions are in a state; the code is that of the API. */
    public long count(String state) {
      return versions.stream().filter(v -> v.state().code().equals(state)).count();
    }

    private boolean matches(String words) {
      String text = (profile.getSlug() + " " + profile.getName()).toLowerCase(Locale.ROOT);
      return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
          .allMatch(text::contains);
    }
  }

  @Inject private ReadProfiles profiles;

  private List<VersionLine> lines;
  private List<Row> rows;
  private String query = "";

  private List<VersionLine> lines() {
    if (lines == null) {
      lines = profiles.lines();
    }
    return lines;
  }

  public List<Row> getRows() {
    if (rows == null) {
      Map<String, List<VersionLine>> bySlug =
          lines().stream().collect(groupingBy(VersionLine::slug));
      rows =
          profiles.profiles().stream()
              .map(p -> new Row(p, bySlug.getOrDefault(p.getSlug(), List.of())))
              .filter(row -> row.matches(query))
              .toList();
    }
    return rows;
  }

  /** Versions that wait for somebody to decide. */
  public List<VersionLine> getInReview() {
    return lines().stream().filter(v -> v.state() == VersionState.IN_REVIEW).toList();
  }

  /** Words that the slug or name of the listed profiles hold; empty for all. */
  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query == null ? "" : query;
  }
}

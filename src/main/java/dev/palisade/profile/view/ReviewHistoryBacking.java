package dev.palisade.profile.view;

import static java.util.stream.Collectors.groupingBy;

import dev.palisade.core.Digest;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadReviews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What of a version was in review when, and everything that it can be compared with. */
@Named("reviewHistory")
@RequestScoped
public class ReviewHistoryBacking {

  /** The versions of one profile to choose from. */
  public record Group(String slug, List<VersionLine> versions) {}

  @Inject private ReadReviews reviews;
  @Inject private ReadProfiles profiles;
  @Inject private ProfileVersionBacking page;

  private List<Submission> submissions;
  private List<Group> groups;

  /** Every request for review, newest first. */
  public List<Submission> getSubmissions() {
    if (submissions == null) {
      ProfileVersion version = page.getVersion();
      submissions = reviews.submissions(version.getProfile().getSlug(), version.getNumber());
    }
    return submissions;
  }

  /** The requests whose content is no longer the version's. */
  public List<Submission> getEarlier() {
    return getSubmissions().stream().filter(s -> !s.isCurrent()).toList();
  }

  /** The newest request for review of some content. */
  Optional<Submission> find(Digest digest) {
    return getSubmissions().stream().filter(s -> s.getDigest().equals(digest)).findFirst();
  }

  /** Every other version of every profile, this one's profile first. */
  public List<Group> getGroups() {
    if (groups == null) {
      ProfileVersion version = page.getVersion();
      String own = version.getProfile().getSlug();
      groups =
          profiles.lines().stream()
              .filter(v -> !v.slug().equals(own) || v.number() != version.getNumber())
              .collect(
                  groupingBy(VersionLine::slug, TreeMap::new, java.util.stream.Collectors.toList()))
              .entrySet()
              .stream()
              .map(group -> new Group(group.getKey(), group.getValue()))
              .sorted(java.util.Comparator.comparing(group -> !group.slug().equals(own)))
              .toList();
    }
    return groups;
  }
}

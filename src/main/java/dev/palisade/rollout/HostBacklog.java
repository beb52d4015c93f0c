package dev.palisade.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What of a host's profiles is approved and not rolled out to it, and what was rolled out to it
 * that it is not meant to have any more.
 *
 * @param host the host's name
 * @param pending profiles of which a newer version is approved than the host was offered
 * @param removed profiles that it was offered and that were taken from it since
 * @param withoutProfile whether no profile is left
 */
@NullMarked
public record HostBacklog(
    String host, List<Pending> pending, List<String> removed, boolean withoutProfile) {

  /**
   * One profile.
   *
   * @param offered the number of the version that the host was offered, or null
   * @param approved the number of the newest approved version
   */
  public record Pending(String profile, @Nullable Integer offered, int approved) {

    /** In words: {@code lan v2 is approved; it was offered v1.}. */
    public String describe() {
      return profile
          + " v"
          + approved
          + " is approved; "
          + (offered == null
              ? "it was not offered any version."
              : "it was offered v" + offered + ".");
    }
  }

  public HostBacklog {
    pending = List.copyOf(pending);
    removed = List.copyOf(removed);
  }

  /**
   * Compares what a host is meant to have with what it was offered.
   *
   * @param assigned its profiles in order
   * @param offered the number of the version that it was offered, by profile
   * @param below profiles of these that come with another one, whether or not they are assigned
   * @param approved the number of the newest approved version, by profile
   */
  public static HostBacklog of(
      String host,
      List<String> assigned,
      Map<String, Integer> offered,
      Set<String> below,
      Map<String, Integer> approved) {
    List<Pending> pending = new ArrayList<>();
    for (String profile : assigned) {
      Integer newest = approved.get(profile);
      Integer present = offered.get(profile);
      if (newest != null && (present == null || present < newest)) {
        pending.add(new Pending(profile, present, newest));
      }
    }
    List<String> removed =
        offered.keySet().stream()
            .filter(profile -> !assigned.contains(profile) && !below.contains(profile))
            .sorted()
            .toList();
    return new HostBacklog(host, pending, removed, assigned.isEmpty());
  }

  /** Whether there is nothing to roll out and nothing to take away. */
  public boolean isEmpty() {
    return pending.isEmpty() && removed.isEmpty();
  }

  /** The profiles that were taken away, for a sentence. */
  public String removedText() {
    return String.join(", ", removed);
  }
}

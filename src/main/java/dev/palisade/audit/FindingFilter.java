package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.core.DomainException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which findings to list or count; null or empty members do not narrow.
 *
 * @param verdicts any of these
 * @param withoutWaivers whether to list and count as if there were no waivers
 */
public record FindingFilter(
    String host, String key, String profile, List<Verdict> verdicts, boolean withoutWaivers) {

  public static final FindingFilter ALL = new FindingFilter(null, null, null, List.of());

  /** As things are, with waivers. */
  public FindingFilter(String host, String key, String profile, List<Verdict> verdicts) {
    this(host, key, profile, verdicts, false);
  }

  /** The same as if there were no waivers. */
  public FindingFilter ignoringWaivers() {
    return new FindingFilter(host, key, profile, verdicts, true);
  }

  public FindingFilter {
    verdicts = List.copyOf(verdicts);
  }

  public static FindingFilter ofHost(String host) {
    return new FindingFilter(host, null, null, List.of());
  }

  /**
   * The group that an address names.
   *
   * @throws DomainException not valid, where there is none of this code
   */
  public static VerdictGroup group(String code) {
    return Arrays.stream(VerdictGroup.values())
        .filter(group -> group.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                DomainException.notValid(
                    "/group",
                    "There is no group “"
                        + code
                        + "”; the groups are "
                        + Arrays.stream(VerdictGroup.values())
                            .map(VerdictGroup::code)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /** The verdicts of a group. */
  public static List<Verdict> verdictsOf(VerdictGroup group) {
    return Arrays.stream(Verdict.values()).filter(v -> v.group() == group).toList();
  }
}

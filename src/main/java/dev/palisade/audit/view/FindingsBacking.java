package dev.palisade.audit.view;

import dev.palisade.audit.Finding;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.application.ReadFindings;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.core.DomainException;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The list behind every number: findings by host, setting, profile, verdict or group. */
@Named("findingsBacking")
@RequestScoped
public class FindingsBacking {

  private static final int PAGE = 50;

  /** The group in an address that lists every group. */
  private static final String EVERYTHING = "all";

  @Inject private ReadFindings findings;

  private String host;
  private String key;
  private String profile;
  private String verdict;
  private String group;
  private String waivers;
  private int offset;
  private Map<Verdict, Long> counts;

  public List<Finding> getFindings() {
    return findings.list(filter(chosen()), Math.max(offset, 0), PAGE);
  }

  /** How many findings the list has in all. */
  public long getTotal() {
    List<Verdict> chosen = chosen();
    return counts().entrySet().stream()
        .filter(e -> chosen.isEmpty() || chosen.contains(e.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many findings a group would list, under the other filters. */
  public long count(VerdictGroup some) {
    return counts().entrySet().stream()
        .filter(e -> e.getKey().group() == some)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  public List<VerdictGroup> getGroups() {
    return Arrays.asList(VerdictGroup.values());
  }

  private Map<Verdict, Long> counts() {
    if (counts == null) {
      counts = findings.count(filter(List.of()));
    }
    return counts;
  }

  private FindingFilter filter(List<Verdict> verdicts) {
    return new FindingFilter(given(host), given(key), given(profile), verdicts, isWithoutWaivers());
  }

  /**
   * Looks whether there are the group and the verdict that the address names.
   *
   * @throws DomainException not valid, naming the parameter
   */
  public void open() {
    chosen();
  }

  private List<Verdict> chosen() {
    if (given(verdict) != null) {
      try {
        return List.of(Verdict.of(verdict));
      } catch (IllegalArgumentException e) {
        throw DomainException.notValid("/verdict", "There is no verdict “" + verdict + "”.");
      }
    }
    return isEverything()
        ? List.of()
        : FindingFilter.verdictsOf(FindingFilter.group(getChosenGroup()));
  }

  /** Whether the list has every group: asked for, or where the address has another filter only. */
  public boolean isEverything() {
    return given(verdict) == null && getChosenGroup() == null;
  }

  /** The group that is listed, or null for all; without any filter, what fails. */
  public String getChosenGroup() {
    if (given(verdict) != null || EVERYTHING.equals(group)) {
      return null;
    }
    boolean filtered = given(host) != null || given(key) != null || given(profile) != null;
    return given(group) == null && !filtered ? VerdictGroup.FAILING.code() : given(group);
  }

  /** What the list has, as a sentence where it opened on what fails. */
  public String getTitle() {
    long total = getTotal();
    return isUnasked()
        ? total + " of " + getAll() + (getAll() == 1 ? " finding fails" : " findings fail")
        : total + (total == 1 ? " finding" : " findings");
  }

  private boolean isUnasked() {
    return given(group) == null && given(verdict) == null && getChosenGroup() != null;
  }

  /** How many findings there are in every group, under the other filters. */
  public long getAll() {
    return counts().values().stream().mapToLong(Long::longValue).sum();
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** The address of this list with one filter replaced; an empty value takes it off. */
  public String with(String name, String value) {
    StringBuilder address = new StringBuilder("/audit/findings?");
    Map<String, String> filters = new java.util.LinkedHashMap<>();
    filters.put("host", host);
    filters.put("key", key);
    filters.put("profile", profile);
    filters.put("verdict", verdict);
    filters.put("group", group);
    filters.put("waivers", waivers);
    if (name.equals("group")) {
      filters.remove("verdict");
    }
    filters.put(name, value);
    filters.forEach(
        (filter, chosen) -> {
          if (given(chosen) != null) {
            address.append(filter).append('=').append(PageFlow.encoded(chosen)).append('&');
          }
        });
    return address.substring(0, address.length() - 1);
  }

  public String getNextPage() {
    return offset + PAGE < getTotal() ? with("offset", String.valueOf(offset + PAGE)) : null;
  }

  public String getHost() {
    return host;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getProfile() {
    return profile;
  }

  public void setProfile(String profile) {
    this.profile = profile;
  }

  public String getVerdict() {
    return verdict;
  }

  public void setVerdict(String verdict) {
    this.verdict = verdict;
  }

  public String getGroup() {
    return group;
  }

  public void setGroup(String group) {
    this.group = group;
  }

  /** Whether the address asks to count as if there were no waivers. */
  public boolean isWithoutWaivers() {
    return given(waivers) != null;
  }

  public String getWaivers() {
    return waivers;
  }

  public void setWaivers(String waivers) {
    this.waivers = waivers;
  }

  public int getOffset() {
    return offset;
  }

  public void setOffset(int offset) {
    this.offset = offset;
  }
}

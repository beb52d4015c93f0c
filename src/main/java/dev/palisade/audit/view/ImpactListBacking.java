package dev.palisade.audit.view;

import dev.palisade.audit.HostImpact;
import dev.palisade.audit.Impact;
import dev.palisade.audit.ImpactGroup;
import dev.palisade.audit.SettingImpact;
import dev.palisade.audit.SettingImpact.Standing;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;

/** The hosts behind each number of a forecast, a page at a time. */
@Named("impactList")
@RequestScoped
public class ImpactListBacking {

  private static final int PAGE = 25;

  private String group;
  private String key;
  private String standing;
  private int from;
  private List<HostImpact> chosen;
  private List<SettingImpact> settings;

  /** The hosts that the address asks for: of a group, by where a setting stands, or all. */
  private List<HostImpact> chosen(Impact foretold) {
    if (chosen == null) {
      chosen =
          isBySetting()
              ? foretold.hosts(key, standing())
              : foretold.hosts(ImpactGroup.of(group == null ? "" : group).orElse(null));
    }
    return chosen;
  }

  /** The same forecast by setting. */
  public List<SettingImpact> settings(Impact foretold) {
    if (settings == null) {
      settings = foretold.settings();
    }
    return settings;
  }

  public boolean isBySetting() {
    return key != null && !key.isBlank() && standing() != null;
  }

  private Standing standing() {
    return Arrays.stream(Standing.values())
        .filter(one -> one.code().equals(standing))
        .findFirst()
        .orElse(null);
  }

  public List<HostImpact> page(Impact foretold) {
    List<HostImpact> hosts = chosen(foretold);
    int start = Math.min(Math.max(from, 0), hosts.size());
    return hosts.subList(start, Math.min(hosts.size(), start + PAGE));
  }

  /** What the list holds, as its heading. */
  public String title(Impact foretold) {
    int all = foretold.hosts().size();
    int some = chosen(foretold).size();
    return (some == all ? "" : some + " of ") + ImpactBacking.hosts(all);
  }

  /** What the address of the next page has besides this one's, or null at the end. */
  public String next(Impact foretold) {
    int end = Math.max(from, 0) + PAGE;
    if (end >= chosen(foretold).size()) {
      return null;
    }
    String filter =
        isBySetting()
            ? "&key=" + PageFlow.encoded(key) + "&standing=" + PageFlow.encoded(standing)
            : "&group=" + PageFlow.encoded(group);
    return filter + "&from=" + end;
  }

  /** Where settings stand, in the order of the columns. */
  public List<Standing> getStandings() {
    return Arrays.stream(Standing.values()).filter(one -> one != Standing.NO_EFFECT).toList();
  }

  public String getGroup() {
    return group;
  }

  public void setGroup(String group) {
    this.group = group;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getStanding() {
    return standing;
  }

  public void setStanding(String standing) {
    this.standing = standing;
  }

  public int getFrom() {
    return from;
  }

  public void setFrom(int from) {
    this.from = from;
  }
}

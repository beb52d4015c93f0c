package dev.palisade.assignment.view;

import dev.palisade.assignment.WaiverFilter;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import dev.palisade.core.DomainException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Waivers by what they wait for. */
@Named("waiverList")
@RequestScoped
public class WaiverListBacking {

  private static final int PAGE = 50;

  /** Which waivers a tab of the page shows. */
  public enum Tab {
    REQUESTED("Asked for"),
    APPROVED("In force"),
    ENDING("Ending soon"),
    ENDED("Ended");

    private final String label;

    Tab(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    /** The word in addresses. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    private WaiverFilter filter(Instant now) {
      return switch (this) {
        case REQUESTED -> WaiverFilter.of(WaiverState.REQUESTED);
        case APPROVED -> WaiverFilter.of(WaiverState.APPROVED);
        case ENDING -> WaiverFilter.endingSoon(now);
        case ENDED ->
            WaiverFilter.of(WaiverState.REJECTED, WaiverState.REVOKED, WaiverState.EXPIRED);
      };
    }
  }

  @Inject private ReadWaivers read;
  @Inject private Clock clock;

  private String tab;
  private int offset;
  private final Map<Tab, Long> counts = new EnumMap<>(Tab.class);
  private final Map<Tab, List<Standing>> lists = new EnumMap<>(Tab.class);

  public List<Tab> getTabs() {
    return List.of(Tab.values());
  }

  /** Looks whether there is the tab that the address names. */
  public void open() {
    getCurrent();
  }

  /** The tab that the address names; else what waits for a decision, or what is in force. */
  public Tab getCurrent() {
    if (tab == null || tab.isBlank()) {
      return count(Tab.REQUESTED) == 0 ? Tab.APPROVED : Tab.REQUESTED;
    }
    return Stream.of(Tab.values())
        .filter(some -> some.code().equals(tab))
        .findFirst()
        .orElseThrow(
            () -> DomainException.notValid("/tab", "There is no list of waivers “" + tab + "”."));
  }

  public long count(Tab some) {
    return counts.computeIfAbsent(some, any -> read.count(any.filter(clock.instant())));
  }

  private List<Standing> page(Tab some) {
    return lists.computeIfAbsent(
        some, any -> read.list(any.filter(clock.instant()), Math.max(offset, 0), PAGE));
  }

  public List<Standing> getListed() {
    return page(getCurrent());
  }

  /** Where the next page of the list starts, or null at its end. */
  public Integer getNext() {
    int next = Math.max(offset, 0) + PAGE;
    return next < count(getCurrent()) ? next : null;
  }

  /** Those that wait for a decision, the newest ones. */
  public List<Standing> getRequested() {
    return page(Tab.REQUESTED);
  }

  /** Those that end within two weeks, the next ones first. */
  public List<Standing> getEndingSoon() {
    return page(Tab.ENDING);
  }

  public String getTab() {
    return tab;
  }

  public void setTab(String tab) {
    this.tab = tab;
  }

  public int getOffset() {
    return offset;
  }

  public void setOffset(int offset) {
    this.offset = offset;
  }
}

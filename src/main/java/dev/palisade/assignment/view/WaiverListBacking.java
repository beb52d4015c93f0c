package dev.palisade.assignment.view;

import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import dev.palisade.core.DomainException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Waivers by what they wait for. */
@Named("waiverList")
@RequestScoped
public class WaiverListBacking {

  /** Which waivers a tab of the page shows. */
  public enum Tab {
    REQUESTED("Asked for", standing -> standing.state() == WaiverState.REQUESTED),
    APPROVED("In force", standing -> standing.state() == WaiverState.APPROVED),
    ENDING("Ending soon", Standing::endsSoon),
    ENDED("Ended", standing -> !standing.state().isOpen());

    private final String label;
    private final transient Predicate<Standing> which;

    Tab(String label, Predicate<Standing> which) {
      this.label = label;
      this.which = which;
    }

    public String label() {
      return label;
    }

    /** The word in addresses. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Inject private ReadWaivers read;

  private String tab;
  private String host;
  private List<Standing> all;

  private List<Standing> all() {
    if (all == null) {
      all = read.all();
    }
    return all;
  }

  public List<Tab> getTabs() {
    return List.of(Tab.values());
  }

  /** The tab that the address names; what is in force where it names none. */
  public Tab getCurrent() {
    if (tab == null || tab.isBlank()) {
      return getRequested().isEmpty() ? Tab.APPROVED : Tab.REQUESTED;
    }
    return Stream.of(Tab.values())
        .filter(some -> some.code().equals(tab))
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("list of waivers", tab));
  }

  public List<Standing> of(Tab some) {
    return all().stream().filter(some.which).toList();
  }

  public List<Standing> getListed() {
    return of(getCurrent());
  }

  /** Those that wait for a decision. */
  public List<Standing> getRequested() {
    return of(Tab.REQUESTED);
  }

  /** Those that end within two weeks, the next one first. */
  public List<Standing> getEndingSoon() {
    return of(Tab.ENDING).stream()
        .sorted(Comparator.comparing(standing -> standing.waiver().getExpiresAt()))
        .toList();
  }

  /** The waivers that hold the host that the address names. */
  public List<Standing> getOfHost() {
    return read.of(host);
  }

  public String getTab() {
    return tab;
  }

  public void setTab(String tab) {
    this.tab = tab;
  }

  public String getHost() {
    return host;
  }

  public void setHost(String host) {
    this.host = host;
  }
}

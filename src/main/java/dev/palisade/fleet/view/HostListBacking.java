package dev.palisade.fleet.view;

import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import dev.palisade.fleet.application.ReadHosts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Registered hosts, narrowed by words. */
@Named("hostList")
@RequestScoped
public class HostListBacking {

  @Inject private ReadHosts readHosts;

  private static final int PAGE = 200;

  private String query;
  private String selector;
  private int offset;
  private List<Host> hosts;

  /**
   * Looks whether the selector of the address can be read.
   *
   * @throws dev.palisade.core.DomainException not valid, naming the place at which it cannot
   */
  public void open() {
    if (selector != null && !selector.isBlank()) {
      Selector.parse(selector);
    }
  }

  public List<Host> getHosts() {
    if (hosts == null) {
      hosts = readHosts.search(query);
      if (selector != null && !selector.isBlank()) {
        Selector picked = Selector.parse(selector);
        hosts = hosts.stream().filter(picked::matches).toList();
      }
    }
    return hosts;
  }

  /** The part of a list that one page shows. */
  public List<Host> page(List<Host> all) {
    int from = Math.min(Math.max(offset, 0), all.size());
    return all.subList(from, Math.min(from + PAGE, all.size()));
  }

  /** Where the next page begins, or null after the last. */
  public Integer next(List<Host> all) {
    return offset + PAGE < all.size() ? Integer.valueOf(offset + PAGE) : null;
  }

  public int getOffset() {
    return offset;
  }

  public void setOffset(int offset) {
    this.offset = offset;
  }

  /** Which hosts are shown, in words of the selector language; null or blank for all. */
  public String getSelector() {
    return selector;
  }

  public void setSelector(String selector) {
    this.selector = selector;
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query;
  }
}

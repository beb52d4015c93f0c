package dev.palisade.fleet.view;

import dev.palisade.fleet.Host;
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

  private String query;
  private List<Host> hosts;

  public List<Host> getHosts() {
    if (hosts == null) {
      hosts = readHosts.search(query);
    }
    return hosts;
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query;
  }
}

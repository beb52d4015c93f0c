package dev.palisade.fleet.view;

import dev.palisade.fleet.application.ReadHosts;
import dev.palisade.fleet.application.RegisterHost;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.TreeMap;

/** What an operator supplies to the profiles of one host. */
@Named("hostSupply")
@RequestScoped
public class HostSupplyBacking {

  @Inject private ReadHosts hosts;
  @Inject private RegisterHost register;

  private String name;
  private Map<String, String> values;

  /** By the parameter's name; what the shown profiles do not ask for is kept as it is. */
  public Map<String, String> getValues() {
    if (values == null) {
      values = new TreeMap<>(hosts.host(name == null ? "" : name).getParameters());
    }
    return values;
  }

  /** An empty field takes a value away. */
  public void save() {
    Map<String, String> next = new TreeMap<>(getValues());
    next.values().removeIf(text -> text == null || text.isBlank());
    register.supply(name, next);
    PageFlow.done(
        "/fleet/detail?name=" + PageFlow.encoded(name),
        "Its parameters are set. What the host runs changes with the next rollout.");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}

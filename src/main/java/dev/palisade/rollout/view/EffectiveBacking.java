package dev.palisade.rollout.view;

import dev.palisade.rollout.application.ReadEffective;
import dev.palisade.rollout.application.ReadEffective.Effective;
import dev.palisade.rollout.application.ReadEffective.Row;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What a host is expected to run and what the next rollout would make of it, side by side. */
@Named("effective")
@RequestScoped
public class EffectiveBacking {

  @Inject private ReadEffective read;

  private String name;
  private boolean pendingOnly;
  private Effective effective;

  public Effective getEffective() {
    if (effective == null) {
      effective = read.of(name == null ? "" : name);
    }
    return effective;
  }

  /** All settings, or those that the next rollout would change. */
  public List<Row> getRows() {
    return pendingOnly
        ? getEffective().rows().stream().filter(Row::isPending).toList()
        : getEffective().rows();
  }

  public long getPending() {
    return getEffective().rows().stream().filter(Row::isPending).count();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public boolean isPendingOnly() {
    return pendingOnly;
  }

  public void setPendingOnly(boolean pendingOnly) {
    this.pendingOnly = pendingOnly;
  }
}

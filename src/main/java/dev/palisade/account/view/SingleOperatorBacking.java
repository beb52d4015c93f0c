package dev.palisade.account.view;

import dev.palisade.account.application.SingleOperator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Whether every page says that one person may decide alone. */
@Named("singleOperator")
@RequestScoped
public class SingleOperatorBacking {

  @Inject private SingleOperator singleOperator;

  private Boolean on;

  public boolean isOn() {
    if (on == null) {
      on = singleOperator.isOn();
    }
    return on;
  }
}

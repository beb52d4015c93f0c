package dev.palisade.account.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Open;
import dev.palisade.account.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Tells whether one person may decide on what they wrote, which only the launcher allows. */
@ApplicationScoped
public class SingleOperator {

  @Inject private Users users;
  @Inject private Acts acts;

  @Open("Shown on every page")
  @Transactional
  public boolean isOn() {
    return users.isSingleOperator();
  }

  /** Puts into the journal that the portal runs so. */
  @Open("Runs at the start, before anybody can sign in")
  @Transactional
  public void note() {
    if (users.isSingleOperator()) {
      acts.record("portal.started-for-single-operator", "portal", "portal");
    }
  }
}

package dev.palisade.architecture.offenders;

import dev.palisade.account.application.SignIn;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Breaks the rules on purpose: taken for a class of the core, it uses another room, and of that
 * what is not its root; it begins a transaction and asks for no permission.
 */
public class Offender {

  @Inject private SignIn signIn;

  @Transactional
  public boolean enter(String username) {
    return signIn.holderOf(username).isPresent();
  }
}

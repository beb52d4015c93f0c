package dev.palisade.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;

/** Runs work that no request carries, in a named actor's name and with that actor's permissions. */
@ApplicationScoped
public class ActingAs {

  @Inject private CurrentActor current;

  /** Runs the work; whoever acted before, acts again afterwards. */
  @ActivateRequestContext
  public void run(Actor actor, Runnable work) {
    Actor before = current.get();
    current.become(actor);
    try {
      work.run();
    } finally {
      current.become(before);
    }
  }
}

package dev.palisade.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Where use cases say what was done. The journal writes it within the same transaction, so an act
 * that cannot be journalled does not happen.
 */
@ApplicationScoped
public class Acts {

  @Inject private CurrentActor actor;
  @Inject private Event<Act> acts;

  /** Records an act of the current actor; see {@link Act} for the words. */
  public void record(String name, String objectKind, String object, Map<String, Object> detail) {
    acts.fire(new Act(actor.get(), name, objectKind, object, detail));
  }

  public void record(String name, String objectKind, String object) {
    record(name, objectKind, object, Map.of());
  }
}

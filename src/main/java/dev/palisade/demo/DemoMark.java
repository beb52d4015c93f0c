package dev.palisade.demo;

import dev.palisade.account.Open;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Whether this installation is a demo. It cannot be taken back. */
@ApplicationScoped
public class DemoMark {

  @PersistenceContext private EntityManager em;
  @Inject private Clock clock;

  @Open("Shown on every page")
  @Transactional
  public boolean isSet() {
    return !em.createNativeQuery("select marked_at from demo_mark").getResultList().isEmpty();
  }

  /** Marks it for ever. */
  @Open("Runs at the start, before anybody can sign in")
  @Transactional
  public void set() {
    em.createNativeQuery("insert into demo_mark (marked_at) values (:now)")
        .setParameter("now", clock.instant())
        .executeUpdate();
  }
}

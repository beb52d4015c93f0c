package dev.palisade.shell.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the database answers. Also says which persistence provider serves the portal. */
@Readiness
@ApplicationScoped
public class PortalReady implements HealthCheck {

  @PersistenceContext private EntityManager em;

  @Override
  public HealthCheckResponse call() {
    try {
      em.createNativeQuery("select 1").getSingleResult();
      return HealthCheckResponse.named("database")
          .withData(
              "persistence", em.getEntityManagerFactory().unwrap(Object.class).getClass().getName())
          .up()
          .build();
    } catch (PersistenceException | IllegalStateException e) {
      return HealthCheckResponse.named("database").down().build();
    }
  }
}

package dev.palisade.release.application;

import dev.palisade.account.ActingAs;
import dev.palisade.account.Actor;
import dev.palisade.release.StatementDesk;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Renews statements while the portal runs: every few minutes, and soon after a rotation. */
@ApplicationScoped
class RenewalRounds {

  private static final System.Logger LOG = System.getLogger("dev.palisade");
  private static final Duration BETWEEN = Duration.ofMinutes(10);
  private static final int SECONDS_BETWEEN_LOOKS = 5;

  @Resource private ManagedScheduledExecutorService executor;
  @Inject private ActingAs actingAs;
  @Inject private RenewStatements renew;
  @Inject private StatementDesk desk;
  @Inject private Clock clock;

  private ScheduledFuture<?> looks;
  private String signedBy = "";
  private Instant next = Instant.MIN;

  void on(@Observes @Initialized(ApplicationScoped.class) Object start) {
    looks =
        executor.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    looks.cancel(false);
  }

  private void look() {
    try {
      String keyId = desk.keys().ring().current().id();
      if (keyId.equals(signedBy) && clock.instant().isBefore(next)) {
        return;
      }
      actingAs.run(Actor.PORTAL, this::round);
      signedBy = keyId;
      next = clock.instant().plus(BETWEEN);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "Statements are not renewed now", e);
    }
  }

  private void round() {
    long after = 0;
    do {
      after = renew.renewSome(after);
    } while (after > 0);
  }
}

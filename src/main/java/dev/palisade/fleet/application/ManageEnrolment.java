package dev.palisade.fleet.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.EnrolmentTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes and revokes the tokens with which hosts enrol. */
@ApplicationScoped
public class ManageEnrolment {

  private static final String TOKEN_PREFIX = "pe_";

  /** A token, the one time it is known. */
  public record Made(EnrolmentToken token, Secret secret) {}

  @Inject private EnrolmentTokens tokens;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /** Every token, newest first, those that let nobody in any more included. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<EnrolmentToken> list() {
    return tokens.all();
  }

  /**
   * Makes a token.
   *
   * @param maxUses how many hosts may enrol with it
   * @param autoAccept whether they need no operator to let them in
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Made create(
      Map<String, String> labels, int maxUses, Instant expiresAt, boolean autoAccept) {
    Secret secret = Secret.fresh(TOKEN_PREFIX);
    EnrolmentToken token =
        new EnrolmentToken(
            secret, labels, maxUses, expiresAt, autoAccept, actor.getName(), clock.instant());
    tokens.add(token);
    tokens.flush();
    acts.record(
        "enrolment-token.created",
        "enrolment-token",
        String.valueOf(token.getId()),
        Map.of(
            "labels",
            token.getLabels(),
            "maxUses",
            maxUses,
            "expiresAt",
            token.getExpiresAt().toString(),
            "autoAccept",
            autoAccept));
    return new Made(token, secret);
  }

  /** Ends a token; the hosts that enrolled with it stay. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public EnrolmentToken revoke(long id) {
    EnrolmentToken token =
        tokens
            .find(id)
            .orElseThrow(() -> DomainException.notFound("enrolment token", String.valueOf(id)));
    if (token.revoke(clock.instant())) {
      tokens.flush();
      acts.record("enrolment-token.revoked", "enrolment-token", String.valueOf(id));
    }
    return token;
  }
}

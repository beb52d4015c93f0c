package dev.palisade.fleet.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.DeliveryToken;
import dev.palisade.fleet.DeliveryTokens;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Gives out tokens that fetch for many hosts, and takes them back. */
@ApplicationScoped
public class ManageDeliveryTokens {

  static final String TOKEN_PREFIX = "pd_";

  /** A delivery token and its secret, the one time that it is known. */
  public record Issued(DeliveryToken token, Secret secret) {}

  /**
   * A token as it stands now.
   *
   * @param hosts how many hosts its selector picks
   * @param works whether it opens anything
   */
  public record Standing(DeliveryToken token, long hosts, boolean works) {}

  @Inject private DeliveryTokens tokens;
  @Inject private Hosts hosts;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /** Every token, the newest first, those that work no more included. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Standing> list() {
    List<Host> all = hosts.all();
    return tokens.all().stream().map(token -> standing(token, all)).toList();
  }

  /** One token as it stands now. */
  @Requires(Permission.VIEW)
  @Transactional
  public Standing token(long id) {
    return standing(existing(id), hosts.all());
  }

  private Standing standing(DeliveryToken token, List<Host> all) {
    Selector selector = Selector.parse(token.getSelector());
    return new Standing(
        token, all.stream().filter(selector::matches).count(), token.works(clock.instant()));
  }

  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Issued create(String name, String selector, Instant expiresAt) {
    Secret secret = Secret.fresh(TOKEN_PREFIX);
    DeliveryToken token =
        new DeliveryToken(
            name, Selector.parse(selector), secret, actor.getName(), clock.instant(), expiresAt);
    tokens.add(token);
    tokens.flush();
    acts.record(
        "delivery-token.created",
        "delivery-token",
        token.getName(),
        Map.of(
            "id", token.getId(),
            "selector", token.getSelector(),
            "expiresAt", token.getExpiresAt().toString()));
    return new Issued(token, secret);
  }

  /** Ends a token; it opens nothing from the next request on. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public void revoke(long id) {
    DeliveryToken token = existing(id);
    if (token.getRevokedAt() == null) {
      token.revoke(actor.getName(), clock.instant());
      tokens.flush();
      acts.record("delivery-token.revoked", "delivery-token", token.getName(), Map.of("id", id));
    }
  }

  private DeliveryToken existing(long id) {
    return tokens
        .find(id)
        .orElseThrow(() -> DomainException.notFound("delivery token", String.valueOf(id)));
  }
}

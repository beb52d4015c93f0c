package dev.palisade.fleet.view;

import dev.palisade.core.DomainException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tokens of one kind, the one that the address names, and a new one's secret, shown once. */
abstract class TokensBacking<T> {

  private final String kind;

  @Inject private Clock clock;

  private Long chosen;
  private int days;
  private String secret;
  private List<T> tokens;

  /**
   * @param kind what such a token is called
   * @param usualDays how long one lives unless somebody says otherwise
   */
  TokensBacking(String kind, int usualDays) {
    this.kind = kind;
    this.days = usualDays;
  }

  abstract List<T> list();

  abstract Long id(T token);

  public List<T> getTokens() {
    if (tokens == null) {
      tokens = list();
    }
    return tokens;
  }

  /** Looks whether there is the token that the address names. */
  public void open() {
    if (chosen != null) {
      existing();
    }
  }

  /** The token that the address names; pages cannot read a property of a type left open. */
  T existing() {
    return getTokens().stream()
        .filter(token -> id(token).equals(chosen))
        .findFirst()
        .orElseThrow(() -> DomainException.notFound(kind, chosen.toString()));
  }

  Instant now() {
    return clock.instant();
  }

  /** When a token that is created now expires. */
  Instant expiry() {
    return now().plus(Duration.ofDays(days));
  }

  /** Shows the secret, and lists the tokens anew. */
  void created(String text) {
    secret = text;
    tokens = null;
  }

  /** Null until a token was created by this request. */
  public String getSecret() {
    return secret;
  }

  public Long getChosen() {
    return chosen;
  }

  public void setChosen(Long chosen) {
    this.chosen = chosen;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
